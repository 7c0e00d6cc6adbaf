package org.eclipse.jgit.transport;

import java.io.Serializable;

public class URIish implements Serializable {
    public String toPrivateString() {
        throw new UnsupportedOperationException();
    }
}
