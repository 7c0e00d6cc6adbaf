package hudson.model;

import java.io.Serializable;

public abstract class ParameterValue implements Serializable {
    public final String getName() {
        throw new UnsupportedOperationException();
    }

    public boolean isSensitive() {
        throw new UnsupportedOperationException();
    }

    public Object getValue() {
        throw new UnsupportedOperationException();
    }
}
