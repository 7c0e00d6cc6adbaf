package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.image.name.Digest;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The entries since the last checkpoint, in frames: a MAC, the length, the index of the first entry, their number, the entries. Each MAC
 * covers the one before, the first one the root hash of the checkpoint, so that who has the disk but not the ledger's key can cut
 * the end of it and change nothing else. A write that fails, or that a crash cuts short, counts for nothing. Not thread-safe.
 */
final class Journal implements AutoCloseable {
    private static final int MAC_BYTES = 32;
    private static final int HEAD_BYTES = MAC_BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES;

    /** How many bytes the entries of one frame may have. */
    static final int MAX_FRAME_BYTES = 128 * 1024 * 1024;

    private final RandomAccessFile file; // interrupts would close a channel
    private final SecretKeySpec secret;
    private byte[] previous = new byte[0];
    private long end;

    Journal(Path path, byte[] secret) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
    }

    /**
     * What was found in the file.
     *
     * @param dropped bytes of frames that were complete but are not this ledger's
     */
    record Found(List<byte[]> entries, long dropped) {}

    /** The index of the first entry; empty if there is none. What it says is not verified yet. */
    OptionalLong first() throws IOException {
        if (file.length() < HEAD_BYTES) {
            return OptionalLong.empty();
        }
        file.seek(MAC_BYTES + Integer.BYTES);
        return OptionalLong.of(file.readLong());
    }

    /**
     * Reads the entries, and drops the end that is not a whole frame of this ledger.
     *
     * @param root of the tree of the entries before the first one
     */
    Found open(long first, byte[] root) throws IOException {
        previous = root;
        end = 0;
        List<byte[]> entries = new ArrayList<>();
        for (Optional<List<byte[]>> frame = next(first); frame.isPresent(); frame = next(first + entries.size())) {
            entries.addAll(frame.get());
        }
        long rest = file.length() - end;
        boolean torn = rest < HEAD_BYTES || frameBytes() > rest;
        if (rest > 0) {
            file.setLength(end);
            file.getFD().sync();
        }
        return new Found(entries, torn ? 0 : rest);
    }

    private Optional<List<byte[]>> next(long index) throws IOException {
        if (file.length() - end < HEAD_BYTES || file.length() - end < frameBytes()) {
            return Optional.empty();
        }
        byte[] mac = new byte[MAC_BYTES];
        long bytes = frameBytes() - MAC_BYTES;
        if (bytes > MAX_FRAME_BYTES) {
            return Optional.empty();
        }
        byte[] frame = new byte[(int) bytes];
        file.seek(end);
        file.readFully(mac);
        file.readFully(frame);
        ByteBuffer head = ByteBuffer.wrap(frame);
        int length = head.getInt();
        if (head.getLong() != index || !MessageDigest.isEqual(mac, mac(frame))) {
            return Optional.empty();
        }
        int count = head.getInt();
        byte[] content = new byte[length];
        head.get(content);
        Optional<List<byte[]>> entries = EntryBundle.read(content, count);
        if (entries.isPresent()) {
            previous = mac;
            end += HEAD_BYTES + length;
        }
        return entries;
    }

    private long frameBytes() throws IOException {
        file.seek(end + MAC_BYTES);
        int length = file.readInt();
        return HEAD_BYTES + Integer.toUnsignedLong(length);
    }

    /** Adds entries and returns once they are on the disk; if it fails, none of them counts. */
    void append(long index, List<byte[]> entries) throws IOException {
        byte[] content = EntryBundle.write(entries);
        byte[] frame = ByteBuffer.allocate(HEAD_BYTES - MAC_BYTES + content.length)
                .putInt(content.length)
                .putLong(index)
                .putInt(entries.size())
                .put(content)
                .array();
        byte[] mac = mac(frame);
        byte[] all = ByteBuffer.allocate(MAC_BYTES + frame.length)
                .put(mac)
                .put(frame)
                .array();
        try {
            file.seek(end);
            file.write(all);
            file.getFD().sync();
        } catch (IOException e) {
            file.setLength(end);
            throw e;
        }
        previous = mac;
        end += all.length;
    }

    /** Forgets the entries, which are in the tree of a checkpoint now. */
    void clear(byte[] root) throws IOException {
        previous = root;
        end = 0;
        if (file.length() == 0) {
            return;
        }
        file.setLength(0);
        file.getFD().sync();
    }

    private byte[] mac(byte[] frame) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            mac.update(Digest.sha256().digest(previous));
            return mac.doFinal(frame);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
