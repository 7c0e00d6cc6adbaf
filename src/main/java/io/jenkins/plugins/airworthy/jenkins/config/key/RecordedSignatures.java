package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.sign.key.SignatureRecord;

import java.time.Instant;
import java.util.Optional;

/** The signatures that a revoked key made before its revocation, according to the controller's own record. */
final class RecordedSignatures implements SignatureRecord {
    private final SignatureLog log;
    private final Instant revoked;
    private final String fingerprint;

    RecordedSignatures(SignatureLog log, Instant revoked, String fingerprint) {
        this.log = log;
        this.revoked = revoked;
        this.fingerprint = fingerprint;
    }

    @Override
    public boolean holds(Digest subject, Digest payload) throws AirworthyException {
        return log.holds(subject, payload, fingerprint, revoked);
    }

    @Override
    public Optional<Instant> revokedSince() {
        return Optional.of(revoked).filter(since -> !since.equals(Instant.MIN));
    }
}
