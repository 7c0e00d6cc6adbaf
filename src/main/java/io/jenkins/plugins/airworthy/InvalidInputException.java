package io.jenkins.plugins.airworthy;

/** Invalid use or input: the same call with the same input will fail again. */
public non-sealed class InvalidInputException extends AirworthyException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }

    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
