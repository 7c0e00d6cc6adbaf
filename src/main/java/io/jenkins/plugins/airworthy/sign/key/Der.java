package io.jenkins.plugins.airworthy.sign.key;

import java.util.Arrays;
import java.util.Optional;

/**
 * Reads DER elements (X.690) one after the other. A length that is not in its shortest form or runs over the end gives an
 * empty result.
 */
final class Der {
    static final int INTEGER = 0x02;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;

    private static final int LONG_FORM = 0x80;
    private static final int MAX_LENGTH_BYTES = 3; // 16 MiB, more than any key or signature

    private final byte[] bytes;
    private int at;

    Der(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    boolean atEnd() {
        return at == bytes.length;
    }

    /** Returns the content of the next element, if it has this tag. */
    Optional<byte[]> next(int tag) {
        if (bytes.length - at < 2 || (bytes[at] & 0xff) != tag) {
            return Optional.empty();
        }
        int start = at + 2;
        int length = bytes[at + 1] & 0xff;
        if (length >= LONG_FORM) {
            int count = length - LONG_FORM;
            if (count == 0 || count > MAX_LENGTH_BYTES || bytes.length - start < count) {
                return Optional.empty();
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = (length << 8) | (bytes[start + i] & 0xff);
            }
            if (length < LONG_FORM || length < 1 << (8 * (count - 1))) {
                return Optional.empty();
            }
            start += count;
        }
        if (bytes.length - start < length) {
            return Optional.empty();
        }
        at = start + length;
        return Optional.of(Arrays.copyOfRange(bytes, start, at));
    }
}
