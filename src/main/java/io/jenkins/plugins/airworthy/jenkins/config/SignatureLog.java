package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Digest;
import jenkins.model.Jenkins;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every signature that this controller made, written down before it is attached anywhere: a line of JSON each. Lines are only ever
 * added. A line that a crash cut short counts for nothing, and spoils no other. Safe for use by several threads.
 */
public final class SignatureLog {
    /** How many signatures can be shown at once. */
    public static final int MAX_SHOWN = 1_000;

    private final JsonLines lines;

    public SignatureLog(Path file) {
        this.lines = new JsonLines(file, SignatureLine.MAX_BYTES);
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
        try {
            lines.append(line);
        } catch (IOException e) {
            throw new UndecidedException(
                    lines + ": a signature could not be recorded, so it is not used; check that the disk has room", e);
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
            return lines.size();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Where reading begins in the middle of a line, that line is none and is passed over like every damaged one. */
    private void read(long from, Consumer<Entry> each) throws AirworthyException {
        try {
            lines.read(from, line -> SignatureLine.parse(line).ifPresent(each));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UndecidedException unreadable(IOException cause) {
        return new UndecidedException(lines + ": the record of signatures could not be read", cause);
    }
}
