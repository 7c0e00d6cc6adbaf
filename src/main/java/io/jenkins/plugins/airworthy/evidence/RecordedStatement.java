package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A signed statement in a record of signatures: enough to know whether it would decide if it were among
 * an image's evidence, and whom to ask about it.
 *
 * @param subject the digest of the image
 * @param payload the digest of the signed bytes
 * @param signedAt the time of signing, by the clock of the recording machine
 * @param fingerprint the fingerprint of the public key that signed
 * @param keys the verifier's names of that key; empty until a verifier sets them
 * @param keyless whether an identity signed, with a key for this signature only
 * @param seen the observation; empty if not recorded
 * @param tests the test result; empty for other types, and if not recorded
 * @param origin who requested it, with which key, and where it was to be attached; for people
 */
public record RecordedStatement(
        Digest subject,
        Digest payload,
        String predicateType,
        Instant signedAt,
        String fingerprint,
        Set<String> keys,
        boolean keyless,
        Optional<Observation> seen,
        Optional<RecordedTests> tests,
        String origin) {
    public RecordedStatement {
        keys = Set.copyOf(keys);
    }

    /** Returns this statement with the verifier's names of the key. */
    public RecordedStatement by(Set<String> names) {
        return new RecordedStatement(
                subject, payload, predicateType, signedAt, fingerprint, names, keyless, seen, tests, origin);
    }

    /** The latest instant at which its content can have been observed. */
    public Instant observedBy() {
        return seen.map(Observation::at).orElse(signedAt);
    }
}
