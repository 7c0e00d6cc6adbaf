package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.io.IOException;
import java.io.Reader;
import java.util.Locale;

/**
 * Hands on the characters of a long YAML document, and refuses what {@link StrictYaml} refuses of a short one: hidden characters, and
 * more of them than allowed. A failure is an {@link IOException} whose cause is the refusal.
 */
final class VisibleReader extends Reader {
    private final Reader in;
    private final String what;
    private final long maxCharacters;
    private long read;
    private long inPart;
    private int line = 1;
    private int column = 1;
    private char high;
    private boolean carriageReturn;

    VisibleReader(Reader in, String what, long maxCharacters) {
        this.in = in;
        this.what = what;
        this.maxCharacters = maxCharacters;
    }

    /** Begins a part of the document, which may have as many characters as a short document. */
    void beginPart() {
        inPart = 0;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count < 0) {
            if (carriageReturn || high != 0) {
                throw hidden(high == 0 ? '\r' : high);
            }
            return count;
        }
        read += count;
        if (read > maxCharacters) {
            throw refusal(what + ": larger than the allowed " + maxCharacters + " characters");
        }
        inPart += count;
        if (inPart > StrictYaml.MAX_CHARACTERS) {
            throw refusal(what + ":" + line + ": an entry larger than the allowed " + StrictYaml.MAX_CHARACTERS
                    + " characters");
        }
        for (int i = offset; i < offset + count; i++) {
            check(buffer[i]);
        }
        return count;
    }

    private void check(char c) throws IOException {
        if (carriageReturn && c != '\n') {
            throw hidden('\r');
        }
        carriageReturn = c == '\r';
        if (c == '\n') {
            line++;
            column = 1;
            return;
        }
        if (Character.isHighSurrogate(c)) {
            high = c;
            return;
        }
        // Printable ASCII, which nearly everything is, needs no table.
        if (c < ' ' || c > '~') {
            int point = high == 0 ? c : Character.toCodePoint(high, c);
            if (c != '\t' && c != '\r' && StrictYaml.isHidden(point)) {
                throw hidden(point);
            }
        }
        high = 0;
        column++;
    }

    private IOException hidden(int point) {
        return refusal(what + ":" + line + ":" + column + ": contains the character U+"
                + String.format(Locale.ROOT, "%04X", point)
                + ", which editors do not show; remove it or write it as an escape");
    }

    private static IOException refusal(String message) {
        return new IOException(message, new InvalidInputException(message));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
