package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.RecordedTests;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import jenkins.model.Jenkins;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The record of every signature that this controller made, written before the signature is attached: one line of JSON each, and a
 * line for each statement that was removed on purpose. The file is append-only. A line that a crash cut short is ignored and does
 * not affect others. Thread-safe.
 */
public final class SignatureLog {
    /** How many signatures can be shown at once. */
    public static final int MAX_SHOWN = 1_000;

    private static SignatureLog current;

    private final Path file;
    private final JsonLines lines;
    private final SignatureIndex index = new SignatureIndex();

    public SignatureLog(Path file) {
        this.file = file;
        this.lines = new JsonLines(file, SignatureLine.MAX_BYTES);
    }

    /** This controller's. */
    public static synchronized SignatureLog current() {
        Path file = Jenkins.get().getRootDir().toPath().resolve("airworthy").resolve("signatures.jsonl");
        if (current == null || !current.file.equals(file)) {
            current = new SignatureLog(file);
        }
        return current;
    }

    /** A line of the record. */
    public sealed interface Line permits Entry, Pruned {
        Instant time();

        /** The digest of the image that it is about. */
        Digest digest();

        /** Digest of the signed statement's bytes. */
        Digest payload();
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
            String keyFingerprint,
            Details details)
            implements Line {
        /** A line without the members that older lines lack. */
        public Entry(
                Instant time,
                String run,
                Digest digest,
                Digest payload,
                String predicateType,
                String keyName,
                String keyFingerprint) {
            this(time, run, digest, payload, predicateType, keyName, keyFingerprint, Details.NONE);
        }

        /** The same entry, for people and for the gate. */
        RecordedStatement statement() {
            return new RecordedStatement(
                    digest,
                    payload,
                    predicateType,
                    time,
                    keyFingerprint,
                    Set.of(),
                    details.keyless(),
                    details.seen(),
                    details.tests(),
                    "signed at " + time + " with '" + keyName + "' for the run " + run
                            + details.repository()
                                    .map(at -> ", to be attached in " + at)
                                    .orElse(""));
        }
    }

    /**
     * What a line says about the statement besides its digest.
     *
     * @param keyless whether an identity signed, with a key for this one signature
     * @param repository where it was to be attached
     * @param seen who observed its content, and when
     * @param tests the test result, if it is one
     */
    public record Details(
            boolean keyless, Optional<String> repository, Optional<Observation> seen, Optional<RecordedTests> tests) {
        static final Details NONE = new Details(false, Optional.empty(), Optional.empty(), Optional.empty());

        public static Details of(Statement statement, boolean keyless, String repository) {
            return new Details(keyless, Optional.of(repository), statement.observation(), RecordedTests.of(statement));
        }
    }

    /**
     * A statement that was removed on purpose, or declared not to count: it no longer counts as missing.
     *
     * @param by who, for people
     */
    public record Pruned(Instant time, Digest digest, Digest payload, String by, String reason) implements Line {}

    /** Records a signature and returns once the line is on the disk; a signature that cannot be recorded must not be used. */
    public void append(Entry entry) throws AirworthyException {
        write(entry, "the signature of " + entry.digest() + " for the run " + entry.run());
    }

    /** Records the removal of a statement, which may be removed once this returns. */
    public void pruned(Pruned line) throws AirworthyException {
        write(line, "the pruning of " + line.payload() + " by " + line.by());
    }

    private void write(Line line, String what) throws AirworthyException {
        byte[] bytes = SignatureLine.write(line);
        if (bytes.length > SignatureLine.MAX_BYTES) {
            throw new InvalidInputException(
                    what + " takes more than the " + SignatureLine.MAX_BYTES + " bytes that a record may have");
        }
        try {
            lines.append(bytes);
        } catch (IOException e) {
            throw new UndecidedException(
                    file + ": " + what + " could not be recorded, so it is not used; check that the disk has room", e);
        }
    }

    /**
     * The statements that were signed about an image and not pruned since, in the order of signing.
     *
     * @throws AirworthyException if the record cannot be read, or was cut or changed since the first reading: undecided
     */
    public List<Entry> about(Digest digest) throws AirworthyException {
        List<Entry> entries = new ArrayList<>();
        for (Line line : lines(digest)) {
            if (line instanceof Entry entry) {
                entries.add(entry);
            } else {
                entries.removeIf(entry -> entry.payload().equals(line.payload()));
            }
        }
        return List.copyOf(entries);
    }

    /** The same in the form that the gate compares with the evidence of an image. */
    public List<RecordedStatement> statements(Digest digest) throws AirworthyException {
        return about(digest).stream().map(Entry::statement).toList();
    }

    /** Whether a key signed this payload before an instant. */
    boolean holds(Digest digest, Digest payload, String keyFingerprint, Instant end) throws AirworthyException {
        return lines(digest).stream()
                .anyMatch(line -> line instanceof Entry entry
                        && entry.payload().equals(payload)
                        && entry.keyFingerprint().equals(keyFingerprint)
                        && entry.time().isBefore(end));
    }

    private List<Line> lines(Digest digest) throws UndecidedException {
        synchronized (index) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return index.about(digest, channel);
            } catch (NoSuchFileException e) {
                if (index.isEmpty()) {
                    return List.of(); // nothing was ever signed
                }
                throw unreadable(e);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }

    /** The newest ones, newest first; at most {@value #MAX_SHOWN}. */
    public List<Entry> last(int count) throws AirworthyException {
        int kept = Math.min(count, MAX_SHOWN);
        ArrayDeque<Entry> newest = new ArrayDeque<>();
        read(Math.max(0, size() - (long) kept * SignatureLine.MAX_BYTES), line -> {
            if (line instanceof Entry entry) {
                newest.addLast(entry);
            }
            if (newest.size() > kept) {
                newest.removeFirst();
            }
        });
        List<Entry> entries = new ArrayList<>(newest);
        Collections.reverse(entries);
        return List.copyOf(entries);
    }

    private long size() throws UndecidedException {
        try {
            return lines.size();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Reading may begin in the middle of a line; such a line is skipped like every damaged one. */
    private void read(long from, Consumer<Line> each) throws AirworthyException {
        try {
            lines.read(from, line -> SignatureLine.parse(line).ifPresent(each));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UndecidedException unreadable(IOException cause) {
        return new UndecidedException(
                file + ": the record of signatures could not be read, so nothing is decided: " + cause.getMessage(),
                cause);
    }
}
