package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.RecordedTests;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import io.jenkins.plugins.airworthy.ledger.Term;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The record of every signature that this controller made, written before the signature is attached, and of each statement that was
 * removed on purpose: entries of the controller's ledger. Thread-safe.
 */
public final class SignatureLog {
    /** How many signatures can be shown at once. */
    public static final int MAX_SHOWN = 1_000;

    /** How many bytes the members of a signature may take, without the ledger's own. */
    static final int MAX_BYTES = 16 * 1024;

    static final String SIGNATURE = "signature";
    static final String PRUNED = "pruned";

    private static final int MAX_SEARCHED = 100_000;

    private final ControllerLedger ledger;

    public SignatureLog(ControllerLedger ledger) {
        this.ledger = ledger;
    }

    /** This controller's. */
    public static SignatureLog current() {
        return new SignatureLog(ControllerLedger.current());
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
            Details details) {
        /** A signature without what only some have. */
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
     * What the record says about the statement besides its digest.
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
     * @param digest of the image that it is about
     * @param payload digest of the signed statement's bytes
     * @param by who, for people
     */
    public record Pruned(Instant time, Digest digest, Digest payload, String by, String reason) {}

    /** Records a signature and returns once it is on the disk; a signature that cannot be recorded must not be used. */
    public void append(Entry entry) throws AirworthyException {
        ledger.requireGood();
        ObjectNode details = SignatureMembers.write(entry.details());
        if (StrictJson.write(details).length + entry.predicateType().length() > MAX_BYTES) {
            throw new InvalidInputException("the signature of " + entry.digest() + " for the run " + entry.run()
                    + " takes more than the " + MAX_BYTES + " bytes that a record may have");
        }
        ledger.append(SignatureMembers.entry(entry, details, ledger.names()));
    }

    /** Records the removal of a statement, which may be removed once this returns. */
    public void pruned(Pruned line) throws AirworthyException {
        ledger.append(SignatureMembers.entry(line, ledger.keep(line.by(), line.reason())));
    }

    /**
     * The statements that were signed about an image and not pruned since, in the order of signing.
     *
     * @throws AirworthyException if the ledger cannot be read, or was cut or changed: undecided
     */
    public List<Entry> about(Digest digest) throws AirworthyException {
        List<Entry> entries = new ArrayList<>();
        Set<Digest> prunedLater = new HashSet<>();
        ledger.sound().newestFirst(Term.digest(digest), recorded -> {
            if (is(recorded, PRUNED)) {
                recorded.entry().payload().ifPresent(prunedLater::add);
            } else if (is(recorded, SIGNATURE)) {
                Entry entry = read(recorded);
                if (!prunedLater.contains(entry.payload())) {
                    entries.add(entry);
                }
            }
            return true;
        });
        Collections.reverse(entries);
        return List.copyOf(entries);
    }

    /** The same in the form that the gate compares with the evidence of an image. */
    public List<RecordedStatement> statements(Digest digest) throws AirworthyException {
        return about(digest).stream().map(Entry::statement).toList();
    }

    /** Whether a key signed this payload before an instant. */
    public boolean holds(Digest digest, Digest payload, String keyFingerprint, Instant end) throws AirworthyException {
        boolean[] found = new boolean[1];
        ledger.sound().newestFirst(Term.payload(payload), recorded -> {
            if (is(recorded, SIGNATURE)) {
                Entry entry = read(recorded);
                found[0] = entry.digest().equals(digest)
                        && entry.keyFingerprint().equals(keyFingerprint)
                        && entry.time().isBefore(end);
            }
            return !found[0];
        });
        return found[0];
    }

    /** The newest ones, newest first; at most {@value #MAX_SHOWN}, of the last {@value #MAX_SEARCHED} entries. */
    public List<Entry> last(int count) throws AirworthyException {
        List<Entry> newest = new ArrayList<>();
        LedgerReader reader = ledger.open();
        long end = Math.max(0, reader.size() - MAX_SEARCHED);
        for (long index = reader.size() - 1; index >= end && newest.size() < Math.min(count, MAX_SHOWN); index--) {
            LedgerReader.Recorded recorded = new LedgerReader.Recorded(index, reader.entry(index));
            if (is(recorded, SIGNATURE)) {
                newest.add(read(recorded));
            }
        }
        return List.copyOf(newest);
    }

    private static boolean is(LedgerReader.Recorded recorded, String kind) {
        return recorded.entry().kind().equals(kind);
    }

    private Entry read(LedgerReader.Recorded recorded) throws AirworthyException {
        return SignatureMembers.signature(recorded.entry(), "entry " + recorded.index(), ledger.names());
    }
}
