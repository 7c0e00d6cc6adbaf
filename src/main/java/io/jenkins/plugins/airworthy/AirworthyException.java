package io.jenkins.plugins.airworthy;

/**
 * The base of all checked failures. Its message says what failed, on which reference, and what to do next;
 * it contains no secrets and no unedited text of a library. A refusal by a policy is a result, not a failure.
 *
 * <p>Messages quote untrusted names, so this class replaces control characters and bounds the length: a message cannot forge a
 * line of a log.
 */
public abstract sealed class AirworthyException extends Exception permits InvalidInputException, UndecidedException {
    private static final long serialVersionUID = 1L;

    /** Maximum length of a message, in characters. */
    public static final int MAX_MESSAGE_LENGTH = 4_000;

    protected AirworthyException(String message) {
        super(oneLine(message));
    }

    protected AirworthyException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /**
     * Returns the text on one line, without control and direction characters. The middle of a text of more than
     * {@value #MAX_MESSAGE_LENGTH} characters is left out.
     */
    public static String oneLine(String text) {
        int end = MAX_MESSAGE_LENGTH / 4; // messages end with what was expected
        String bounded = text.length() <= MAX_MESSAGE_LENGTH
                ? text
                : text.substring(0, MAX_MESSAGE_LENGTH - 1 - end) + "…" + text.substring(text.length() - end);
        StringBuilder clean = new StringBuilder(bounded.length());
        bounded.codePoints().map(c -> isUnsafe(c) ? '\uFFFD' : c).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean isUnsafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
