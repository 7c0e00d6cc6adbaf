package io.jenkins.plugins.airworthy.testing.junit;

import java.nio.charset.StandardCharsets;

/**
 * Splits long CDATA sections: a parser keeps four copies of a whole section in memory, and tests print many megabytes
 * into one. The split overwrites some of the output, which is not used.
 */
final class LongOutput {
    /** Maximum length of a section, in bytes. */
    static final int PIECE = 64 * 1024;

    private static final byte[] BEGIN = ascii("<![CDATA[");
    private static final byte[] END = ascii("]]>");
    private static final byte[] BREAK = ascii("]]><![CDATA[");
    private static final byte[] COMMENT = ascii("<!--");
    private static final byte[] COMMENT_END = ascii("-->");

    private LongOutput() {}

    /**
     * Splits in place. If something else looks like a section, as in a document that is not well-formed, the break makes it
     * malformed in any case and hides nothing.
     */
    static void split(byte[] report) {
        int at = 0;
        while (at < report.length) {
            if (is(report, at, COMMENT)) {
                at = after(report, at + COMMENT.length, COMMENT_END);
            } else if (is(report, at, BEGIN)) {
                at = splitSection(report, at + BEGIN.length);
            } else {
                at++;
            }
        }
    }

    private static int splitSection(byte[] report, int start) {
        int piece = start;
        int at = start;
        while (at < report.length && !is(report, at, END)) {
            if (at - piece >= PIECE && isPlain(report, at)) {
                System.arraycopy(BREAK, 0, report, at, BREAK.length);
                at += BREAK.length;
                piece = at;
            } else {
                at++;
            }
        }
        return Math.min(report.length, at + END.length);
    }

    /** Returns whether a break here would split neither a character of UTF-8 nor the end of a section. */
    private static boolean isPlain(byte[] report, int at) {
        int end = at + BREAK.length;
        if (end >= report.length || isInside(report[at]) || isInside(report[end])) {
            return false;
        }
        for (int i = at; i < end; i++) {
            if (report[i] == ']') {
                return false;
            }
        }
        return true;
    }

    private static boolean isInside(byte of) {
        return (of & 0xC0) == 0x80;
    }

    private static int after(byte[] report, int from, byte[] end) {
        int at = from;
        while (at < report.length && !is(report, at, end)) {
            at++;
        }
        return Math.min(report.length, at + end.length);
    }

    private static boolean is(byte[] report, int at, byte[] expected) {
        if (report[at] != expected[0] || at + expected.length > report.length) {
            return false;
        }
        for (int i = 1; i < expected.length; i++) {
            if (report[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
