package org.eclipse.jgit.transport;

import java.io.Serializable;

public class RefSpec implements Serializable {
    @Override
    public String toString() {
        throw new UnsupportedOperationException();
    }
}
