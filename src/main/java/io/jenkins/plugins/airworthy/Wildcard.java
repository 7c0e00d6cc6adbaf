package io.jenkins.plugins.airworthy;

import java.util.Arrays;

/**
 * A pattern with wildcards. It matches whole texts only and reads them once: the time grows at most with the product of both
 * lengths, and the memory with the pattern alone.
 */
public record Wildcard(String text, Meaning meaning) {
    private static final int WITHIN_PART = -1;
    private static final int ANYTHING = -2;
    private static final int ONE = -3;
    private static final int FOLDERS = -4;

    /** The meaning of wildcards; {@code *} always matches any number of characters except {@code /}. */
    public enum Meaning {
        /** A tag, a ref or a part of a name: {@code **} is the same as {@code *}. */
        NAME,
        /** An issuer or a subject: {@code **} matches any characters. */
        IDENTITY,
        /** A file, as in Ant: {@code **} as a whole segment matches any number of folders, and {@code ?} one character. */
        FILE
    }

    public boolean matches(String candidate) {
        int[] pattern = pattern();
        boolean[] reached = new boolean[pattern.length + 1];
        enter(pattern, 0, reached);
        for (int character : candidate.codePoints().toArray()) {
            boolean[] next = new boolean[reached.length];
            boolean any = false;
            for (int at = 0; at < pattern.length; at++) {
                if (reached[at]) {
                    any = true;
                    step(pattern, at, character, next);
                }
            }
            if (!any) {
                return false;
            }
            reached = next;
        }
        return reached[pattern.length];
    }

    private static void step(int[] pattern, int at, int character, boolean[] next) {
        switch (pattern[at]) {
            case ANYTHING -> enter(pattern, at, next);
            case WITHIN_PART -> {
                if (character != '/') {
                    enter(pattern, at, next);
                }
            }
            case ONE -> {
                if (character != '/') {
                    enter(pattern, at + 1, next);
                }
            }
            case FOLDERS -> {
                next[at] = true;
                if (character == '/') {
                    enter(pattern, at + 1, next);
                }
            }
            default -> {
                if (character == pattern[at]) {
                    enter(pattern, at + 1, next);
                }
            }
        }
    }

    /** Marks a position of the pattern, and the following ones as long as the wildcards between may match nothing. */
    private static void enter(int[] pattern, int at, boolean[] next) {
        int place = at;
        next[place] = true;
        while (place < pattern.length
                && (pattern[place] == ANYTHING || pattern[place] == WITHIN_PART || pattern[place] == FOLDERS)) {
            next[++place] = true;
        }
    }

    private int[] pattern() {
        int[] written = text.codePoints().toArray();
        int[] pattern = new int[written.length];
        int length = 0;
        for (int at = 0; at < written.length; at++) {
            boolean two = at + 1 < written.length && written[at] == '*' && written[at + 1] == '*';
            if (two && meaning == Meaning.IDENTITY) {
                at++;
                length = add(ANYTHING, pattern, length);
            } else if (two && meaning == Meaning.FILE && isPart(written, at, at + 2)) {
                at += 2; // and the slash after it
                length = add(at < written.length ? FOLDERS : ANYTHING, pattern, length);
            } else if (written[at] == '*') {
                length = add(WITHIN_PART, pattern, length);
            } else {
                length = add(written[at] == '?' && meaning == Meaning.FILE ? ONE : written[at], pattern, length);
            }
        }
        return Arrays.copyOf(pattern, length);
    }

    /** The same wildcard twice means the same as once; a long row of them would be walked through for each character. */
    private static int add(int next, int[] pattern, int length) {
        if (next < 0 && next != ONE && length > 0 && pattern[length - 1] == next) {
            return length;
        }
        pattern[length] = next;
        return length + 1;
    }

    private static boolean isPart(int[] written, int start, int end) {
        return (start == 0 || written[start - 1] == '/') && (end == written.length || written[end] == '/');
    }
}
