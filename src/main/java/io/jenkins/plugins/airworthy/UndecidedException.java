package io.jenkins.plugins.airworthy;

/** A question that could not be decided, because a registry, a tool or the file system failed. It never means yes. */
public non-sealed class UndecidedException extends AirworthyException {
    private static final long serialVersionUID = 1L;

    public UndecidedException(String message) {
        super(message);
    }

    public UndecidedException(String message, Throwable cause) {
        super(message, cause);
    }
}
