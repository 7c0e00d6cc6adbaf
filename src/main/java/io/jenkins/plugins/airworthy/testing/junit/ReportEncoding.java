package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses a report that is not valid in the encoding that it names, or in UTF-8 if it names none. The platform's reader would
 * refuse it as well, but would also print an error to the standard error output of the process.
 */
final class ReportEncoding {
    private static final int DECLARATION_BYTES = 256;

    /** Characters decoded at a time, since a whole report would take two bytes of memory for each of its bytes. */
    private static final int PIECE = 8_192;

    private static final Pattern DECLARED =
            Pattern.compile("^(?:\u00ef\u00bb\u00bf)?<\\?xml[^>]*?encoding\\s*=\\s*[\"']([^\"'>]{1,40})[\"']");
    private static final Set<String> UTF_16_MARKS = Set.of("\u00fe\u00ff", "\u00ff\u00fe");

    private ReportEncoding() {}

    /** Returns the encoding of the report. */
    static Charset require(byte[] report, String file) throws InvalidInputException {
        String head = new String(report, 0, Math.min(report.length, DECLARATION_BYTES), StandardCharsets.ISO_8859_1);
        if (head.length() > 1 && UTF_16_MARKS.contains(head.substring(0, 2))) {
            return require(report, StandardCharsets.UTF_16, file);
        }
        Matcher declared = DECLARED.matcher(head);
        String name = declared.find() ? declared.group(1) : "UTF-8";
        try {
            return require(report, Charset.forName(name), file);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(file + ": names the encoding '" + name + "', which is not known here", e);
        }
    }

    private static Charset require(byte[] report, Charset encoding, String file) throws InvalidInputException {
        try {
            decode(ByteBuffer.wrap(report), encoding.newDecoder());
            return encoding;
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(file + ": is not valid " + encoding.name(), e);
        }
    }

    private static void decode(ByteBuffer report, CharsetDecoder decoder) throws CharacterCodingException {
        CharBuffer piece = CharBuffer.allocate(PIECE);
        for (CoderResult result = decoder.decode(report, piece, true);
                !result.isUnderflow();
                result = decoder.decode(report, piece, true)) {
            if (result.isError()) {
                result.throwException();
            }
            piece.clear();
        }
        // Reads the rest that the decoder keeps until the end of input.
        piece.clear();
        if (decoder.flush(piece).isError()) {
            throw new CharacterCodingException();
        }
    }
}
