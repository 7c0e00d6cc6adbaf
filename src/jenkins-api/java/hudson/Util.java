package hudson;

public class Util {
    private Util() {}

    public static String fixEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    public static String fixEmptyAndTrim(String text) {
        return text == null ? null : fixEmpty(text.trim());
    }

    public static String fixNull(String text) {
        return text == null ? "" : text;
    }

    public static String escape(String text) {
        throw new UnsupportedOperationException();
    }

    public static String rawEncode(String text) {
        throw new UnsupportedOperationException();
    }
}
