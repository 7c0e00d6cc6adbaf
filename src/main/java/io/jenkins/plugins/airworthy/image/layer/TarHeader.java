package io.jenkins.plugins.airworthy.image.layer;

import java.util.Arrays;

/**
 * One 512-byte header block: POSIX ustar, GNU or the old format without a magic number. Refuses a wrong checksum, fields
 * that are not numbers, star's own variant, and GNU headers that some readers treat as ustar ones.
 */
final class TarHeader {
    static final int BLOCK = 512;

    private static final int CHECKSUM_START = 148;
    private static final int CHECKSUM_END = 156;
    private static final int TYPE = 156;
    private static final int MAGIC = 257;
    private static final int PREFIX_START = 345;
    private static final int PREFIX_END = 500;

    private final byte[] block;
    private final boolean posix;
    private final boolean gnu;

    private TarHeader(byte[] block, boolean posix, boolean gnu) {
        this.block = block;
        this.posix = posix;
        this.gnu = gnu;
    }

    static TarHeader of(byte[] block) throws BadLayerException {
        long expected = number(block, CHECKSUM_START, CHECKSUM_END, "checksum");
        long unsigned = 0;
        long signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte b = i >= CHECKSUM_START && i < CHECKSUM_END ? (byte) ' ' : block[i];
            unsigned += b & 0xff;
            signed += b;
        }
        if (expected != unsigned && expected != signed) {
            throw new BadLayerException("contains a header with a wrong checksum");
        }
        String magic = ByteText.of(block, MAGIC, MAGIC + 8);
        boolean posix = magic.startsWith("ustar\0");
        if (posix && ByteText.of(block, 508, 512).equals("tar\0")) {
            throw new BadLayerException("is in the format of star, which container engines read in different ways");
        }
        TarHeader header = new TarHeader(block.clone(), posix, magic.equals("ustar  \0"));
        if (header.gnu) {
            // Go's reader treats a GNU header with malformed times as a ustar header, and reads a prefix there.
            header.number(PREFIX_START, PREFIX_START + 12, "access time");
            header.number(PREFIX_START + 12, PREFIX_START + 24, "change time");
        }
        return header;
    }

    char type() {
        return (char) (block[TYPE] & 0xff);
    }

    String name() {
        String name = text(0, 100);
        String prefix = posix ? text(PREFIX_START, PREFIX_END) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    String link() {
        return text(157, 257);
    }

    int mode() throws BadLayerException {
        return (int) (number(100, 108, "mode") & 07777);
    }

    /** Returns the mode without the permissions: 0, or the type of the file as Unix writes it. */
    long fileType() throws BadLayerException {
        return number(100, 108, "mode") & ~07777L;
    }

    long uid() throws BadLayerException {
        return number(108, 116, "user id");
    }

    long gid() throws BadLayerException {
        return number(116, 124, "group id");
    }

    long size() throws BadLayerException {
        return number(124, 136, "size");
    }

    /** Returns whether both device numbers are 0, or absent as in the old format. */
    boolean isZeroDevice() throws BadLayerException {
        boolean present = posix || gnu;
        return !present || (number(329, 337, "device number") == 0 && number(337, 345, "device number") == 0);
    }

    private String text(int start, int end) {
        int stop = start;
        while (stop < end && block[stop] != 0) {
            stop++;
        }
        return ByteText.of(block, start, stop);
    }

    private long number(int start, int end, String what) throws BadLayerException {
        return number(block, start, end, what);
    }

    /** Parses octal digits with spaces and zero bytes around them, or GNU's binary form. Refuses negative numbers. */
    private static long number(byte[] block, int start, int end, String what) throws BadLayerException {
        byte[] field = Arrays.copyOfRange(block, start, end);
        if ((field[0] & 0x80) != 0) {
            return binary(field, what);
        }
        String digits = ByteText.of(field, 0, field.length);
        int from = 0;
        while (from < digits.length() && (digits.charAt(from) == ' ' || digits.charAt(from) == 0)) {
            from++;
        }
        long value = 0;
        int at = from;
        for (; at < digits.length() && digits.charAt(at) >= '0' && digits.charAt(at) <= '7'; at++) {
            value = value << 3 | (digits.charAt(at) - '0');
        }
        for (; at < digits.length(); at++) {
            if (digits.charAt(at) != ' ' && digits.charAt(at) != 0) {
                throw new BadLayerException("contains a header whose " + what + " is not a number");
            }
        }
        return value;
    }

    private static long binary(byte[] field, String what) throws BadLayerException {
        long value = 0;
        for (int i = 0; i < field.length; i++) {
            int b = i == 0 ? field[i] & 0x7f : field[i] & 0xff;
            if (value >>> 54 != 0 || (i == 0 && (b & 0x40) != 0)) {
                throw new BadLayerException("contains a header whose " + what + " is out of range");
            }
            value = value << 8 | b;
        }
        return value;
    }
}
