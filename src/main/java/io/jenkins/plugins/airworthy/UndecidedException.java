package io.jenkins.plugins.airworthy;

/** Something outside (a registry, a tool, the file system) kept the question from being decided. Never means yes. */
public non-sealed class UndecidedException extends AirworthyException {
    private static final long serialVersionUID = 1L;

    public UndecidedException(String message) {
        super(message);
    }

    public UndecidedException(String message, Throwable cause) {
        super(message, cause);
    }
}
