package io.jenkins.plugins.airworthy.image.layer;

import java.nio.charset.StandardCharsets;

/**
 * Converts file names, which are bytes on Linux. While layers are read, each byte is one character (ISO 8859-1), so that different
 * names never become equal; people see UTF-8.
 */
public final class ByteText {
    private ByteText() {}

    public static String of(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    public static String of(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    public static String show(String byteText) {
        return new String(byteText.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
