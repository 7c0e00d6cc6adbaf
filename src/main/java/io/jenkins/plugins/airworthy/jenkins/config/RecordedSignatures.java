package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.sign.SignatureRecord;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a revoked key signed on this controller before it was revoked. Read from the controller's own record only when a signature of
 * that key turns up, and then once.
 */
final class RecordedSignatures implements SignatureRecord {
    private final SignatureLog log;
    private final Instant revoked;
    private final String fingerprint;
    private Optional<Set<SignatureLog.Signed>> signed = Optional.empty();

    RecordedSignatures(SignatureLog log, Instant revoked, String fingerprint) {
        this.log = log;
        this.revoked = revoked;
        this.fingerprint = fingerprint;
    }

    @Override
    public synchronized boolean holds(Digest subject, Digest payload) throws AirworthyException {
        if (signed.isEmpty()) {
            signed = Optional.of(log.before(revoked, fingerprint));
        }
        return signed.get().contains(new SignatureLog.Signed(subject, payload));
    }
}
