package io.jenkins.plugins.airworthy.jenkins.run;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.KeyRole;

import java.util.List;
import java.util.Optional;

/**
 * What one run built, observed, signed and was told, kept in the run's folder on the controller. Refuses a record that
 * anybody but this controller wrote or that belongs to another run. Safe for use by several threads.
 */
public final class ImageRecord {
    private ImageRecord() {}

    /** The run's record; a new one when the run has none. */
    public static ImageRecord of(Run<?, ?> run) throws AirworthyException {
        return Missing.part();
    }

    /** The run's record, if it has one. */
    public static Optional<ImageRecord> find(Run<?, ?> run) {
        return Optional.empty();
    }

    /** Notes that this run built an image, with the provenance that the controller made of it. */
    public void built(ImageReference reference, Digest digest, Statement provenance, String summary)
            throws AirworthyException {
        Missing.part();
    }

    /**
     * Notes what a step of ours observed of an image.
     *
     * @param asked the digest of the image that was looked at; the statement may be about one platform of it
     */
    public void observed(ImageReference reference, Digest asked, KeyRole role, Statement statement, String summary)
            throws AirworthyException {
        Missing.part();
    }

    /** Notes a signature that is attached now. */
    public void signed(RecordedImage image, MadeSignature signature) throws AirworthyException {
        Missing.part();
    }

    /**
     * Notes a verdict.
     *
     * @return its number in this run, from 1
     */
    public int judged(RecordedVerdict verdict) throws AirworthyException {
        return Missing.part();
    }

    /**
     * Notes, after the verdict was noted, that the image is at its target now.
     *
     * @param number what {@link #judged} returned
     * @param target where it is, by tag and digest
     */
    public void promoted(int number, ImageReference target) throws AirworthyException {
        Missing.part();
    }

    /** The image that was built last; if none was, the one observed last. */
    public RecordedImage latest() throws AirworthyException {
        return Missing.part();
    }

    /**
     * The image that a step's argument names: a digest or a reference; the latest when there is no argument.
     *
     * @throws AirworthyException when the run knows no such image; the message says which it knows
     */
    public RecordedImage find(String argumentOrNull) throws AirworthyException {
        return Missing.part();
    }

    /** All images, the one built or observed first coming first. */
    public List<RecordedImage> images() throws AirworthyException {
        return Missing.part();
    }

    /** The statement behind an entry, checked against its digest. */
    public Statement statement(PendingStatement entry) throws AirworthyException {
        return Missing.part();
    }

    /** All statements about an image, oldest first. */
    public List<Statement> statements(RecordedImage image) throws AirworthyException {
        return Missing.part();
    }

    /** All verdicts, oldest first; the first has number 1. */
    public List<RecordedVerdict> verdicts() throws AirworthyException {
        return Missing.part();
    }
}
