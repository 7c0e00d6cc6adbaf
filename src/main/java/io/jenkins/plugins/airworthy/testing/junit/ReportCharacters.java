package io.jenkins.plugins.airworthy.testing.junit;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Control characters in reports. XML 1.0 (section 2.2, {@code Char}) forbids most of them, and no parser reads a document
 * that has one; but tests print them, in colours for a terminal for example, and many tools pass them on.
 */
final class ReportCharacters {
    private static final int LONGEST_REFERENCE = 12;

    private ReportCharacters() {}

    /**
     * Replaces each control character that XML forbids, and each reference to one, with a question mark, and splits long
     * output. That loses nothing: the output of tests is not used, and names are only for people. Does not change encodings
     * in which a byte below 32 is not that character.
     */
    static void prepare(byte[] report, Charset encoding) {
        if (isAscii(encoding)) {
            replaceForbidden(report);
            LongOutput.split(report);
        }
    }

    private static void replaceForbidden(byte[] report) {
        for (int i = 0; i < report.length; i++) {
            if (report[i] >= 0 && isForbidden(report[i])) {
                report[i] = '?';
            } else if (report[i] == '&' && i + 1 < report.length && report[i + 1] == '#') {
                replaceReference(report, i);
            }
        }
    }

    private static void replaceReference(byte[] report, int start) {
        int end = start + 2;
        while (end < report.length && end - start < LONGEST_REFERENCE && report[end] != ';') {
            end++;
        }
        if (end >= report.length || report[end] != ';') {
            return;
        }
        String number = new String(report, start + 2, end - start - 2, StandardCharsets.ISO_8859_1);
        try {
            int character = number.startsWith("x")
                    ? Integer.parseUnsignedInt(number.substring(1), 16)
                    : Integer.parseUnsignedInt(number);
            if (isForbidden(character)) {
                for (int i = start; i <= end; i++) {
                    report[i] = '?';
                }
            }
        } catch (NumberFormatException e) {
            // Not a reference: the parser reports the place.
            return;
        }
    }

    private static boolean isForbidden(int character) {
        return (character >= 0 && character < ' ' && character != '\t' && character != '\n' && character != '\r')
                || (character >= 0xD800 && character <= 0xDFFF)
                || character == 0xFFFE
                || character == 0xFFFF;
    }

    /** Excludes encodings that switch by an escape character, or that use every byte. */
    private static boolean isAscii(Charset encoding) {
        String name = encoding.name();
        return encoding.equals(StandardCharsets.UTF_8)
                || encoding.equals(StandardCharsets.US_ASCII)
                || name.startsWith("ISO-8859-")
                || name.startsWith("windows-125");
    }
}
