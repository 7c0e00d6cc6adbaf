package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.SignatureProof;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.CertificateSignature;
import io.jenkins.plugins.airworthy.sign.bundle.SignedBytes;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.SignedContent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds the trusted signer of a signature about one digest. Refuses signatures of other signers, and
 * signatures of a revoked key that were not recorded in time.
 */
final class BelievedSigners {
    private final Digest subject;
    private final TrustedSigners signers;
    private final Map<VerificationKey, Set<String>> names = new LinkedHashMap<>();

    /**
     * A trusted signer of a verified signature.
     *
     * @param signedAt the time from which the certificate is valid; empty for a key, whose signatures nobody dates
     */
    record Believed(Signer signer, Optional<Instant> signedAt, SignatureProof proof) {
        static Believed of(Signer.Key key, SignatureProof proof) {
            return new Believed(key, Optional.empty(), proof);
        }

        static Believed of(CertificateTrust.Holder holder) {
            return new Believed(holder.identity(), Optional.of(holder.certifiedAt()), holder.proof());
        }

        VerifiedEvidence evidence(Statement statement, Digest manifest, Digest payload) {
            return new VerifiedEvidence(statement, signer, signedAt, manifest, payload, proof);
        }
    }

    BelievedSigners(Digest subject, TrustedSigners signers) {
        this.subject = subject;
        this.signers = signers;
        signers.keys().forEach(key -> names.computeIfAbsent(key.key(), k -> new TreeSet<>())
                .add(key.name()));
    }

    /**
     * Finds the trusted key that made a signature.
     *
     * @param signedBy checks whether a key made the signature
     * @param payload the digest of the signed payload, which identifies the signature in a record
     * @param named the key that the evidence names; an untrusted hint, tried first
     */
    Signer.Key key(Predicate<VerificationKey> signedBy, Digest payload, Predicate<VerificationKey> named, String what)
            throws AirworthyException {
        if (names.isEmpty()) {
            throw new InvalidInputException(what + ": no key was given that could have signed it");
        }
        Optional<VerificationKey> expected =
                names.keySet().stream().filter(named).findFirst();
        Optional<Signer.Key> found = keyIfAny(signedBy, payload, named, what);
        if (found.isEmpty() && expected.isPresent()) {
            throw new InvalidInputException(what + ": its signature does not verify with the key it names ("
                    + String.join(", ", names.get(expected.get())) + "): the statement or the signature was changed");
        }
        return found.orElseThrow(() -> new InvalidInputException(what + ": not signed by any trusted key"));
    }

    /** Finds the key that made a signature, if it is trusted. */
    Optional<Signer.Key> keyIfAny(
            Predicate<VerificationKey> signedBy, Digest payload, Predicate<VerificationKey> named, String what)
            throws AirworthyException {
        List<VerificationKey> order = new ArrayList<>(names.keySet());
        order.stream().filter(named).findFirst().ifPresent(key -> {
            order.remove(key);
            order.add(0, key);
        });
        for (VerificationKey key : order) {
            if (signedBy.test(key)) {
                Optional<Instant> revoked = requireNotRevoked(key, payload, what);
                return Optional.of(new Signer.Key(key.fingerprint(), names.get(key), revoked));
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses a signature of a revoked key that was not recorded in time. If one name is revoked, the key is: a stolen key is stolen
     * under every alias.
     *
     * @return since when the key is revoked, if it is and the record says so
     */
    private Optional<Instant> requireNotRevoked(VerificationKey key, Digest payload, String what)
            throws AirworthyException {
        Optional<Instant> since = Optional.empty();
        for (TrustedKey trusted : signers.keys()) {
            if (trusted.key().equals(key) && trusted.revoked().isPresent()) {
                if (!trusted.revoked().get().holds(subject, payload)) {
                    throw new InvalidInputException(what + ": signed with the key '" + trusted.name()
                            + "', which is revoked, and not among the signatures recorded before that");
                }
                since = trusted.revoked().get().revokedSince();
            }
        }
        return since;
    }

    /**
     * Adds what log entries and timestamps prove of a key's signature. They are not checked without a trusted root.
     *
     * @param material log entries and timestamps in the form of a bundle
     */
    Believed proven(Signer.Key signer, JsonObject material, boolean mustBeProven, SignedContent content) {
        if (!material.has("tlogEntries") && !material.has("timestampVerificationData")) {
            return Believed.of(signer, SignatureProof.NONE);
        }
        VerificationKey made = names.keySet().stream()
                .filter(key -> key.fingerprint().equals(signer.fingerprint()))
                .findFirst()
                .orElseThrow();
        return Believed.of(
                signer,
                signers.certificates()
                        .map(trust -> trust.proof(material, mustBeProven, content, made.platformKey()))
                        .orElse(SignatureProof.UNCHECKED));
    }

    /**
     * Finds the trusted identity whose certificate made a signature.
     *
     * @param material certificate, log entries and timestamps in the form of a bundle
     * @param mustBeProven whether an inclusion proof is required and a log's promise is not enough
     */
    Believed identity(JsonObject material, boolean mustBeProven, SignedBytes signed, String what)
            throws InvalidInputException {
        if (signers.certificates().isEmpty()) {
            throw new InvalidInputException(
                    what + ": signed with a certificate (keyless), and no trusted root was given to check it with");
        }
        CertificateTrust.Holder holder = CertificateSignature.verify(
                material, mustBeProven, signed, signers.certificates().get(), what);
        Signer.Identity identity = holder.identity();
        if (signers.identities().stream().noneMatch(pattern -> pattern.matches(identity))) {
            throw new InvalidInputException(
                    what + ": signed by " + identity.label() + ", which no trusted identity matches");
        }
        return Believed.of(holder);
    }
}
