package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A statement that was signed, as a record of signatures remembers it: enough to tell whether it would decide if it were among
 * an image's evidence, and whom to ask about it.
 *
 * @param subject the digest that it is about
 * @param payload of the signed bytes
 * @param signedAt by the clock of the record's keeper
 * @param fingerprint of the public key that signed
 * @param keys the names under which a verifier was given that key; none before a verifier looked
 * @param keyless whether that key was made for this one signature, and an identity stands behind it
 * @param seen as the statement says it; absent where the record does not
 * @param tests what a test result says; absent for other types, and where the record does not
 * @param origin for people: who asked for it, with which key, and where it was to be attached
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

    /** The same once a verifier knows the key. */
    public RecordedStatement by(Set<String> names) {
        return new RecordedStatement(
                subject, payload, predicateType, signedAt, fingerprint, names, keyless, seen, tests, origin);
    }

    /** The latest instant at which its content can have been observed. */
    public Instant observedBy() {
        return seen.map(Observation::at).orElse(signedAt);
    }
}
