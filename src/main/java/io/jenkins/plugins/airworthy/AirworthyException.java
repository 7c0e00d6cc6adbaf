package io.jenkins.plugins.airworthy;

/**
 * The one checked failure of the product. Its message says what failed, on which reference, and what to do next;
 * it holds no secret and no text of a library as it is. A refusal by a policy is an answer, not a failure.
 *
 * <p>Messages quote names that strangers chose, so control characters are replaced and the length is bounded here, once:
 * no message can forge a line of a log.
 */
public abstract sealed class AirworthyException extends Exception permits InvalidInputException, UndecidedException {
    private static final long serialVersionUID = 1L;

    /** How many characters of a message are kept. */
    public static final int MAX_MESSAGE_LENGTH = 4_000;

    protected AirworthyException(String message) {
        super(oneLine(message));
    }

    protected AirworthyException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /**
     * The text on one line without control or direction characters. Of a longer one than {@value #MAX_MESSAGE_LENGTH} characters
     * the middle is left out.
     */
    public static String oneLine(String text) {
        int end = MAX_MESSAGE_LENGTH / 4; // what was expected stands behind what was found
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
