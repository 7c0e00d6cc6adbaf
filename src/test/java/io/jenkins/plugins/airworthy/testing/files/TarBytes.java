package io.jenkins.plugins.airworthy.testing.files;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An archive written byte by byte, so that it can hold what no tool would write. */
public final class TarBytes {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Of root, with mode 0755. */
    public TarBytes directory(String name) {
        return directory(name, 0755, 0, 0);
    }

    public TarBytes directory(String name, int mode, long uid, long gid) {
        return header(header(name, '5', mode, uid, gid, 0, ""));
    }

    /** Of root, with mode 0644. */
    public TarBytes file(String name, String content) {
        return file(name, content, 0644, 0, 0);
    }

    public TarBytes file(String name, String content, int mode, long uid, long gid) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return header(header(name, '0', mode, uid, gid, bytes.length, "")).content(bytes);
    }

    public TarBytes symbolicLink(String name, String target) {
        return header(header(name, '2', 0777, 0, 0, 0, target));
    }

    public TarBytes hardLink(String name, String target) {
        return header(header(name, '1', 0644, 0, 0, 0, target));
    }

    /** Any header of POSIX' ustar format, to be changed before it is added. */
    public static byte[] header(String name, char type, int mode, long uid, long gid, long size, String link) {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, "%07o".formatted(mode));
        put(block, 108, "%07o".formatted(uid));
        put(block, 116, "%07o".formatted(gid));
        put(block, 124, "%011o".formatted(size));
        put(block, 136, "00000000000");
        block[156] = (byte) type;
        put(block, 157, link);
        put(block, 257, "ustar\00000");
        return block;
    }

    static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    /** Adds a header with its checksum set right. */
    public TarBytes header(byte[] block) {
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        return raw(block);
    }

    /** Adds content and fills its last block. */
    public TarBytes content(byte[] bytes) {
        return raw(bytes).raw(new byte[-bytes.length & (BLOCK - 1)]);
    }

    /** Adds an extended header: {@code x}, {@code g}, {@code L} or {@code K}. */
    public TarBytes extended(char type, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return header(header("extended", type, 0644, 0, 0, bytes.length, "")).content(bytes);
    }

    /** One record of a POSIX extended header. */
    public static String record(String key, String value) {
        int rest = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8).length;
        int length = rest + 1;
        while (Integer.toString(length).length() + rest != length) {
            length++;
        }
        return length + " " + key + "=" + value + "\n";
    }

    public TarBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The archive with its two blocks at the end. */
    public byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(new byte[2 * BLOCK]);
        return whole.toByteArray();
    }

    /** The archive as if its writer had been stopped. */
    public byte[] unfinished() {
        return out.toByteArray();
    }
}
