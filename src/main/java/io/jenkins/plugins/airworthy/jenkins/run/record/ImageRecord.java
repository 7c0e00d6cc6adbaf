package io.jenkins.plugins.airworthy.jenkins.run.record;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.SignedTypes;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The record of what one run built, observed and signed, and of its verdicts, kept in the run's folder on the controller. Refuses
 * a record that this controller did not write or that belongs to another run. Thread-safe.
 */
public final class ImageRecord {
    /** How many bytes the statements of one run may take. */
    static final long MAX_STATEMENT_BYTES = 256L * 1024 * 1024;

    /** The largest verdict that is kept, in bytes. */
    static final int MAX_VERDICT_BYTES = 16 * 1024 * 1024;

    /** How many characters a summary may have. */
    static final int MAX_SUMMARY_LENGTH = 500;

    private static final String FOLDER = "airworthy";
    private static final String STATEMENTS = "statements";
    private static final Object ATTACHING = new Object();

    private final RecordFile file;
    private final RecordFolder folder;
    private Optional<RunContents> contents = Optional.empty();

    ImageRecord(RecordFile file) {
        this.file = file;
        this.folder = file.folder();
    }

    /** The run's record; if it has none, a new one, which its page shows. */
    public static ImageRecord of(Run<?, ?> run) throws AirworthyException {
        Optional<ImageRecord> known = find(run);
        if (known.isPresent()) {
            return known.get();
        }
        ImageRecord attached;
        synchronized (ATTACHING) {
            Optional<ImageRecord> meanwhile = find(run);
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            AirworthyRunAction action = new AirworthyRunAction(run);
            run.addAction(action);
            attached = action.record();
        }
        try {
            run.save();
        } catch (IOException e) {
            throw new UndecidedException(
                    run.getFullDisplayName() + " could not be saved; check the disk and its permissions", e);
        }
        return attached;
    }

    /** The run's record, if it has one. */
    public static Optional<ImageRecord> find(Run<?, ?> run) {
        return Optional.ofNullable(run.getAction(AirworthyRunAction.class)).map(AirworthyRunAction::record);
    }

    static ImageRecord in(Run<?, ?> run) {
        return new ImageRecord(new RecordFile(
                new RecordFolder(() -> run.getRootDir().toPath().resolve(FOLDER)),
                new ControllerMac(),
                run.getNumber(),
                Instant.ofEpochMilli(run.getTimeInMillis())));
    }

    /**
     * Records that this run built an image, with the provenance that the controller made for it.
     *
     * @param path where in the pipeline that was
     */
    public synchronized void built(
            ImageReference reference, Digest digest, ParallelPath path, Statement provenance, String summary)
            throws AirworthyException {
        made(Sighting.Way.BUILT, reference, digest, path, provenance, summary);
    }

    /**
     * Records that this run adopted an image, with the provenance that the controller made for it.
     *
     * @param path where in the pipeline that was
     */
    public synchronized void adopted(
            ImageReference reference, Digest digest, ParallelPath path, Statement provenance, String summary)
            throws AirworthyException {
        made(Sighting.Way.ADOPTED, reference, digest, path, provenance, summary);
    }

    private void made(
            Sighting.Way way,
            ImageReference reference,
            Digest digest,
            ParallelPath path,
            Statement provenance,
            String summary)
            throws AirworthyException {
        if (!provenance.subject().digest().equals(digest)) {
            throw new InvalidInputException(
                    "provenance of " + provenance.subject().digest() + " cannot be noted for " + digest);
        }
        keep(contents().made(way, reference, digest, path), reference, digest, KeyRole.PROVENANCE, provenance, summary);
    }

    /**
     * Records what a step of ours observed about an image.
     *
     * @param asked the digest of the image that was looked at; the statement may be about one platform of it
     * @param path where in the pipeline that was
     */
    public synchronized void observed(
            ImageReference reference,
            Digest asked,
            ParallelPath path,
            KeyRole role,
            Statement statement,
            String summary)
            throws AirworthyException {
        if (!SignedTypes.OBSERVED.contains(role)) {
            throw new InvalidInputException("steps observe only tests and scans, not " + role.plural());
        }
        keep(contents().seen(reference, asked, path), reference, asked, role, statement, summary);
    }

    private void keep(
            RunContents changed,
            ImageReference reference,
            Digest asked,
            KeyRole role,
            Statement statement,
            String summary)
            throws AirworthyException {
        SignedTypes.require(role, statement.predicateType());
        Observation seen = statement
                .observation()
                .orElseThrow(() -> new InvalidInputException(
                        "a statement about " + asked + " does not say where it was observed"));
        byte[] payload = statement.toBytes();
        if (payload.length > Statement.MAX_BYTES) {
            throw new InvalidInputException("the statement " + statement.predicateType() + " about " + asked + " has "
                    + payload.length + " bytes, more than the allowed " + Statement.MAX_BYTES);
        }
        if (folder.size(STATEMENTS) + payload.length > MAX_STATEMENT_BYTES) {
            throw new InvalidInputException("the statements of this run would take more than the allowed "
                    + MAX_STATEMENT_BYTES + " bytes; use several runs instead of one");
        }
        Digest name = Digest.of(payload);
        RecordedImage image = changed.image(reference.repository(), asked).orElseThrow();
        RunContents next = changed.with(
                image,
                new PendingStatement(
                        statement.predicateType(),
                        statement.subject().digest(),
                        name,
                        role,
                        seen.observer(),
                        seen.at(),
                        bounded(summary)));
        folder.write(statementFile(name), payload);
        save(next);
    }

    /** Records a signature that is attached now. */
    public synchronized void signed(RecordedImage image, SignatureEntry signature) throws AirworthyException {
        save(contents().with(current(image), signature));
    }

    /**
     * Records a verdict.
     *
     * @return its number in this run, from 1
     */
    public synchronized int judged(RecordedVerdict verdict) throws AirworthyException {
        byte[] document = StrictJson.write(verdict.json());
        if (document.length > MAX_VERDICT_BYTES) {
            throw new InvalidInputException("the verdict about " + verdict.image() + " has " + document.length
                    + " bytes, more than the allowed " + MAX_VERDICT_BYTES);
        }
        RunContents next = contents()
                .with(new VerdictEntry(
                        verdict.image(),
                        verdict.digest(),
                        verdict.target(),
                        verdict.json().path("policy").path("name").asText(""),
                        verdict.decision(),
                        Digest.of(document),
                        verdict.at(),
                        verdict.promotedTo()));
        int number = next.verdicts().size();
        folder.write(verdictFile(number), document);
        save(next);
        return number;
    }

    /**
     * Records, after the verdict was recorded, that the image is at its target now.
     *
     * @param number what {@link #judged} returned
     * @param target where it is, by tag and digest
     */
    public synchronized void promoted(int number, ImageReference target) throws AirworthyException {
        save(contents().promoted(number, target));
    }

    /** All images, in the order in which they were built or first looked at. */
    public synchronized List<RecordedImage> images() throws AirworthyException {
        return contents().images();
    }

    /** The current entry of an image. */
    public synchronized RecordedImage current(RecordedImage image) throws AirworthyException {
        return contents()
                .image(image.reference().repository(), image.digest())
                .orElseThrow(() -> new InvalidInputException(image.pinned() + " is not an image of this run"));
    }

    /** Advice about statements that this run did not sign; empty if all are signed, or if the run does not know the image. */
    public synchronized Optional<String> advice(ImageReference image) throws AirworthyException {
        return contents().images().stream()
                .filter(known -> known.pinned().equals(image))
                .findFirst()
                .flatMap(RecordedImage::advice);
    }

    /** The statement behind an entry, checked against its digest. */
    public Statement statement(PendingStatement entry) throws AirworthyException {
        byte[] payload =
                read(statementFile(entry.payload()), entry.payload(), Statement.MAX_BYTES, entry.predicateType());
        return Statement.parse(payload, entry.predicateType() + " about " + entry.subject());
    }

    /** All statements about an image, oldest first. */
    public List<Statement> statements(RecordedImage image) throws AirworthyException {
        List<Statement> statements = new ArrayList<>();
        for (PendingStatement entry : image.statements()) {
            statements.add(statement(entry));
        }
        return List.copyOf(statements);
    }

    /** All verdicts as a list shows them, oldest first; the first has number 1. */
    public synchronized List<VerdictEntry> verdicts() throws AirworthyException {
        return contents().verdicts();
    }

    /**
     * One verdict with its document, checked against its digest.
     *
     * @param number from 1
     * @throws InvalidInputException when the run has no such verdict
     */
    public RecordedVerdict verdict(int number) throws AirworthyException {
        List<VerdictEntry> entries = verdicts();
        if (number < 1 || number > entries.size()) {
            throw new InvalidInputException("this run has no verdict " + number);
        }
        VerdictEntry entry = entries.get(number - 1);
        String what = "verdict " + number;
        byte[] document = read(verdictFile(number), entry.document(), MAX_VERDICT_BYTES, what);
        return new RecordedVerdict(
                entry.image(),
                entry.digest(),
                entry.target(),
                entry.decision(),
                StrictJson.parseObject(document, what, MAX_VERDICT_BYTES).node(),
                entry.at(),
                entry.promotedTo());
    }

    private byte[] read(String name, Digest digest, int maxBytes, String what) throws AirworthyException {
        byte[] content = folder.read(name, maxBytes)
                .orElseThrow(() -> new UndecidedException(
                        what + " of this run cannot be read: its file " + name + " is gone; run the job again"));
        if (!Digest.of(content).equals(digest)) {
            throw new InvalidInputException(what + " of this run: its file " + name
                    + " was changed since it was written and is not believed; run the job again");
        }
        return content;
    }

    private RunContents contents() throws AirworthyException {
        if (contents.isEmpty()) {
            contents = Optional.of(file.read());
        }
        return contents.get();
    }

    /** Keeps the new content only once it is on the disk. */
    private void save(RunContents changed) throws AirworthyException {
        file.write(changed);
        contents = Optional.of(changed);
    }

    private static String statementFile(Digest payload) {
        return STATEMENTS + "/" + payload.hex() + ".json";
    }

    private static String verdictFile(int number) {
        return "verdicts/" + number + ".json";
    }

    private static String bounded(String summary) {
        String line = AirworthyException.oneLine(summary);
        return line.length() <= MAX_SUMMARY_LENGTH ? line : line.substring(0, MAX_SUMMARY_LENGTH) + "…";
    }
}
