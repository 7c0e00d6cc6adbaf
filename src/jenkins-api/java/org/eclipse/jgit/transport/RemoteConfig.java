package org.eclipse.jgit.transport;

import java.io.Serializable;
import java.util.List;

public class RemoteConfig implements Serializable {
    public String getName() {
        throw new UnsupportedOperationException();
    }

    public List<URIish> getURIs() {
        throw new UnsupportedOperationException();
    }

    public List<RefSpec> getFetchRefSpecs() {
        throw new UnsupportedOperationException();
    }
}
