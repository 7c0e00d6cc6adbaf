package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes UTF-8 and nothing else: malformed bytes and a byte order mark are refused, other encodings are never guessed. */
public final class Utf8 {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private Utf8() {}

    /** Reading from it fails with a {@link CharacterCodingException} at malformed bytes. */
    static Reader reader(byte[] bytes, String what) throws InvalidInputException {
        refuseMark(bytes, what);
        return new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
    }

    /** The text of these bytes. */
    public static String decode(byte[] bytes, String what) throws InvalidInputException {
        refuseMark(bytes, what);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(what, e);
        }
    }

    static InvalidInputException malformed(String what, CharacterCodingException e) {
        return new InvalidInputException(what + ": is not valid UTF-8", e);
    }

    private static void refuseMark(byte[] bytes, String what) throws InvalidInputException {
        int length = BYTE_ORDER_MARK.length;
        if (bytes.length >= length && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length)) {
            throw new InvalidInputException(what + ": begins with a byte order mark; save it as UTF-8 without one");
        }
    }
}
