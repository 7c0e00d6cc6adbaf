package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The index of the lines about each image in the record of signatures. It takes about twenty bytes of memory per line: the
 * offset, a part of the digest and a checksum, but not the line itself. Refuses a record that got shorter, or in which a line
 * changed since the first reading. Not thread-safe.
 */
final class SignatureIndex {
    private static final byte[] MEMBER = "\"digest\":\"sha256:".getBytes(StandardCharsets.US_ASCII);
    private static final int HEX = 64;
    private static final int BLOCK = 256 * 1024;
    private static final int NONE = -1;

    private long[] places = new long[1024];
    private int[] digests = new int[1024];
    private int[] checksums = new int[1024];
    /** The line before, of those in the same chain. */
    private int[] before = new int[1024];
    /** The last line of each chain. */
    private int[] last = chains(1024);

    private int lines;
    private long end;
    private boolean inLongLine;

    /** Whether no record was read yet. */
    boolean isEmpty() {
        return end == 0;
    }

    /** All valid lines about an image, in order, including those that were written since the last call. */
    List<SignatureLog.Line> about(Digest digest, FileChannel channel) throws IOException {
        readOn(channel);
        Deque<Integer> found = new ArrayDeque<>();
        int part = part(digest.hex());
        for (int line = last[part & (last.length - 1)]; line != NONE; line = before[line]) {
            if (digests[line] == part) {
                found.addFirst(line);
            }
        }
        List<SignatureLog.Line> about = new ArrayList<>();
        for (int line : found) {
            SignatureLine.parse(read(channel, line))
                    .filter(read -> read.digest().equals(digest))
                    .ifPresent(about::add);
        }
        return about;
    }

    private byte[] read(FileChannel channel, int line) throws IOException {
        byte[] bytes = new byte[SignatureLine.MAX_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int length = NONE;
        while (length == NONE && buffer.hasRemaining()) {
            int from = buffer.position();
            if (channel.read(buffer, places[line] + from) <= 0) {
                break;
            }
            length = lineEnd(bytes, from, buffer.position());
        }
        if (length == NONE || checksum(bytes, 0, length) != checksums[line]) {
            throw new IOException("the line at byte " + places[line] + " was changed since it was read first");
        }
        return Arrays.copyOf(bytes, length);
    }

    private void readOn(FileChannel channel) throws IOException {
        if (channel.size() < end) {
            throw new IOException("it has " + channel.size() + " bytes, and had " + end + " before");
        }
        byte[] block = new byte[BLOCK];
        int held = 0;
        for (int count = next(channel, block, 0); count > 0; count = next(channel, block, held)) {
            int filled = held + count;
            int begin = 0;
            for (int stop = lineEnd(block, held, filled); stop != NONE; stop = lineEnd(block, begin, filled)) {
                if (!inLongLine) {
                    add(block, begin, stop, end + begin);
                }
                inLongLine = false;
                begin = stop + 1;
            }
            held = filled - begin;
            if (held == BLOCK) { // no line of ours is as long
                inLongLine = true;
                begin = filled;
                held = 0;
            }
            end += begin;
            System.arraycopy(block, begin, block, 0, held);
        }
    }

    private int next(FileChannel channel, byte[] block, int held) throws IOException {
        return channel.read(ByteBuffer.wrap(block, held, BLOCK - held), end + held);
    }

    private void add(byte[] block, int begin, int stop, long place) {
        if (stop - begin >= SignatureLine.MAX_BYTES) {
            return;
        }
        Optional<String> digest = digest(block, begin, stop);
        if (digest.isEmpty()) {
            return;
        }
        if (lines == places.length) {
            grow();
        }
        places[lines] = place;
        digests[lines] = part(digest.get());
        checksums[lines] = checksum(block, begin, stop);
        chain(lines++);
    }

    /** Finds the member in a line of our own spelling: quotes within texts are escaped. Any other spelling has to be parsed. */
    private static Optional<String> digest(byte[] block, int begin, int stop) {
        for (int at = begin; at <= stop - MEMBER.length - HEX; at++) {
            if (block[at] == '"' && Arrays.equals(block, at, at + MEMBER.length, MEMBER, 0, MEMBER.length)) {
                return Optional.of(new String(block, at + MEMBER.length, HEX, StandardCharsets.US_ASCII));
            }
        }
        return SignatureLine.parse(Arrays.copyOfRange(block, begin, stop))
                .map(line -> line.digest().hex());
    }

    private void grow() {
        int size = Math.multiplyExact(places.length, 2);
        places = Arrays.copyOf(places, size);
        digests = Arrays.copyOf(digests, size);
        checksums = Arrays.copyOf(checksums, size);
        before = Arrays.copyOf(before, size);
        last = chains(size);
        for (int line = 0; line < lines; line++) {
            chain(line);
        }
    }

    private void chain(int line) {
        int chain = digests[line] & (last.length - 1);
        before[line] = last[chain];
        last[chain] = line;
    }

    private static int[] chains(int size) {
        int[] chains = new int[size];
        Arrays.fill(chains, NONE);
        return chains;
    }

    /** The first eight digits; text that is not hexadecimal cannot match a digest. */
    private static int part(String hex) {
        int part = 0;
        for (int i = 0; i < 8; i++) {
            part = (part << 4) | (Character.digit(hex.charAt(i), 16) & 0xf);
        }
        return part;
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return NONE;
    }

    private static int checksum(byte[] bytes, int from, int to) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }
}
