package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Digest;
import jenkins.model.Jenkins;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every signature that this controller made, written down before it is attached anywhere: a line of JSON each. Lines are only ever
 * added. A line that a crash cut short counts for nothing, and spoils no other. Safe for use by several threads.
 */
public final class SignatureLog {
    /** How many signatures can be shown at once. */
    public static final int MAX_SHOWN = 1_000;

    // All instances are about the one file, and there is one controller.
    private static final Object WRITING = new Object();

    private final Path file;

    public SignatureLog(Path file) {
        this.file = file;
    }

    /** This controller's. */
    public static SignatureLog current() {
        return new SignatureLog(
                Jenkins.get().getRootDir().toPath().resolve("airworthy").resolve("signatures.jsonl"));
    }

    /**
     * One signature.
     *
     * @param run the run that asked for it: full name of its job, and number
     * @param digest of the image that it is about
     * @param payload digest of the signed statement's bytes
     * @param keyFingerprint hexadecimal SHA-256 of the public key
     */
    public record Entry(
            Instant time,
            String run,
            Digest digest,
            Digest payload,
            String predicateType,
            String keyName,
            String keyFingerprint) {}

    /** Returns when the line is on the disk; a signature that cannot be written down must not be used. */
    public void append(Entry entry) throws AirworthyException {
        byte[] line = SignatureLine.write(entry);
        if (line.length > SignatureLine.MAX_BYTES) {
            throw new InvalidInputException("the signature of " + entry.digest() + " for the run " + entry.run()
                    + " takes more than the " + SignatureLine.MAX_BYTES + " bytes that a record may have");
        }
        synchronized (WRITING) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    channel.position(channel.size());
                    write(channel, endsInMidLine(channel) ? concat(new byte[] {'\n'}, line) : line);
                    channel.force(true);
                }
            } catch (IOException e) {
                throw new UndecidedException(
                        file + ": a signature could not be recorded, so it is not used; check that the disk has room",
                        e);
            }
        }
    }

    /** The newest ones, newest first; at most {@value #MAX_SHOWN}. */
    public List<Entry> last(int count) throws AirworthyException {
        int kept = Math.min(count, MAX_SHOWN);
        ArrayDeque<Entry> newest = new ArrayDeque<>();
        read(Math.max(0, size() - (long) kept * SignatureLine.MAX_BYTES), entry -> {
            newest.addLast(entry);
            if (newest.size() > kept) {
                newest.removeFirst();
            }
        });
        List<Entry> entries = new ArrayList<>(newest);
        Collections.reverse(entries);
        return List.copyOf(entries);
    }

    /** The signed payloads, by subject, that a key signed before an instant. */
    Set<Signed> before(Instant end, String keyFingerprint) throws AirworthyException {
        Set<Signed> signed = new HashSet<>();
        read(0, entry -> {
            if (entry.keyFingerprint().equals(keyFingerprint) && entry.time().isBefore(end)) {
                signed.add(new Signed(entry.digest(), entry.payload()));
            }
        });
        return signed;
    }

    /** What was signed, about which image. */
    record Signed(Digest subject, Digest payload) {}

    private long size() throws UndecidedException {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Where reading begins in the middle of a line, that line is none and is passed over like every damaged one. */
    private void read(long from, Consumer<Entry> each) throws UndecidedException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel.position(from)))) {
            Optional<byte[]> line = SignatureLine.next(in);
            while (line.isPresent()) {
                SignatureLine.parse(line.get()).ifPresent(each);
                line = SignatureLine.next(in);
            }
        } catch (NoSuchFileException e) {
            return; // nothing was ever signed
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UndecidedException unreadable(IOException cause) {
        return new UndecidedException(file + ": the record of signatures could not be read", cause);
    }

    private static boolean endsInMidLine(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
