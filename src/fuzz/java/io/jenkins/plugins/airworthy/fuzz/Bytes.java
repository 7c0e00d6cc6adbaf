package io.jenkins.plugins.airworthy.fuzz;

import java.util.Arrays;

/** Cuts and joins bytes. */
final class Bytes {
    private Bytes() {}

    static byte[] range(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, Math.max(from, Math.min(to, bytes.length)));
    }

    /** The bytes with those from one place to another exchanged for others. */
    static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        byte[] all = new byte[from + by.length + bytes.length - to];
        System.arraycopy(bytes, 0, all, 0, from);
        System.arraycopy(by, 0, all, from, by.length);
        System.arraycopy(bytes, to, all, from + by.length, bytes.length - to);
        return all;
    }

    static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        }
        return all;
    }

    static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
