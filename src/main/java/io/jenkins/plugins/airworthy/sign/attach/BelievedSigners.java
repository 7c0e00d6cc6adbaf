package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.CertificateSignature;
import io.jenkins.plugins.airworthy.sign.bundle.SignedBytes;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds who made a signature about one digest, among those who are believed. Refuses the signatures of everybody else, and
 * those of a revoked key that were not recorded in time.
 */
final class BelievedSigners {
    private final Digest subject;
    private final TrustedSigners signers;
    private final Map<VerificationKey, Set<String>> names = new LinkedHashMap<>();

    BelievedSigners(Digest subject, TrustedSigners signers) {
        this.subject = subject;
        this.signers = signers;
        signers.keys().forEach(key -> names.computeIfAbsent(key.key(), k -> new TreeSet<>())
                .add(key.name()));
    }

    /**
     * The key that made it.
     *
     * @param signedBy whether a key made it
     * @param payload the digest of the bytes that the signer meant, by which a record names the signature
     * @param named which key the evidence names; tried first, and not believed
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
        return found.orElseThrow(
                () -> new InvalidInputException(what + ": not signed by any of the " + names.size() + " trusted keys"));
    }

    /** The key that made it, if it is one of the trusted. */
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
                requireNotRevoked(key, payload, what);
                return Optional.of(new Signer.Key(key.fingerprint(), names.get(key)));
            }
        }
        return Optional.empty();
    }

    /** If any name of the key is revoked, the key is: it is the same to a thief under whatever name it is believed. */
    private void requireNotRevoked(VerificationKey key, Digest payload, String what) throws AirworthyException {
        for (TrustedKey trusted : signers.keys()) {
            if (trusted.key().equals(key) && trusted.revoked().isPresent()) {
                if (!trusted.revoked().get().holds(subject, payload)) {
                    throw new InvalidInputException(what + ": signed with the key '" + trusted.name()
                            + "', which is revoked, and not among the signatures recorded before that");
                }
            }
        }
    }

    /**
     * The identity in whose name a certificate was given out for it.
     *
     * @param material certificate, log entries and timestamps as a bundle holds them
     * @param mustBeProven whether a log's promise is not enough
     */
    Signer.Identity identity(JsonObject material, boolean mustBeProven, SignedBytes signed, String what)
            throws InvalidInputException {
        if (signers.certificates().isEmpty()) {
            throw new InvalidInputException(
                    what + ": signed with a certificate (keyless), and no trusted root was given to check it with");
        }
        Signer.Identity identity = CertificateSignature.verify(
                material, mustBeProven, signed, signers.certificates().get(), what);
        if (signers.identities().stream().noneMatch(pattern -> pattern.matches(identity))) {
            throw new InvalidInputException(what + ": signed by " + identity.label() + ", which none of the "
                    + signers.identities().size() + " trusted identities matches");
        }
        return identity;
    }
}
