package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.Digest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides whether a bundle is believed: signed by one of these keys or identities, and about this digest. The payload is
 * not even parsed before its signature has been verified.
 */
final class BundleVerifier {
    private final Digest subject;
    private final TrustedSigners signers;
    private final Map<VerificationKey, Set<String>> names = new LinkedHashMap<>();

    BundleVerifier(Digest subject, TrustedSigners signers) {
        this.subject = subject;
        this.signers = signers;
        signers.keys().forEach(key -> names.computeIfAbsent(key.key(), k -> new TreeSet<>())
                .add(key.name()));
    }

    Judgement judge(Digest manifest, byte[] bytes, String what) throws AirworthyException {
        Bundle bundle = Bundle.attached(bytes, what);
        DsseEnvelope envelope = ((Bundle.Content.Envelope) bundle.content()).envelope();
        Signer signer;
        if (bundle.material() instanceof VerificationMaterial.ManagedKey material) {
            VerificationKey key = signedBy(envelope, material, what);
            requireNotRevoked(key, envelope, what);
            signer = new Signer.Key(key.fingerprint(), names.get(key));
        } else {
            signer = identity(bundle, envelope, what);
        }
        Statement statement = envelope.statement(what + ": statement");
        if (!statement.subject().digest().equals(subject)) {
            throw new InvalidInputException(what + ": its statement is about "
                    + statement.subject().digest() + " and was attached to " + subject);
        }
        return new Judgement.Believed(new VerifiedEvidence(statement, signer, manifest));
    }

    /** If any name of the key is revoked, the key is: it is the same to a thief under whatever name it is believed. */
    private void requireNotRevoked(VerificationKey key, DsseEnvelope envelope, String what) throws AirworthyException {
        for (TrustedKey trusted : signers.keys()) {
            if (trusted.key().equals(key) && trusted.revoked().isPresent()) {
                if (!trusted.revoked().get().holds(subject, envelope.payloadDigest())) {
                    throw new InvalidInputException(what + ": signed with the key '" + trusted.name()
                            + "', which is revoked, and not among the signatures recorded before that");
                }
            }
        }
    }

    private Signer identity(Bundle bundle, DsseEnvelope envelope, String what) throws InvalidInputException {
        if (signers.certificates().isEmpty()) {
            throw new InvalidInputException(
                    what + ": signed with a certificate (keyless), and no trusted root was given to check it with");
        }
        Signer.Identity identity = CertificateSignature.verify(
                bundle, envelope.signed(), signers.certificates().get(), what);
        if (signers.identities().stream().noneMatch(pattern -> pattern.matches(identity))) {
            throw new InvalidInputException(what + ": signed by " + identity.label() + ", which none of the "
                    + signers.identities().size() + " trusted identities matches");
        }
        return identity;
    }

    private VerificationKey signedBy(DsseEnvelope envelope, VerificationMaterial.ManagedKey material, String what)
            throws InvalidInputException {
        if (names.isEmpty()) {
            throw new InvalidInputException(what + ": no key was given that could have signed it");
        }
        List<VerificationKey> order = new ArrayList<>(names.keySet());
        Optional<VerificationKey> named = order.stream().filter(material::names).findFirst();
        named.ifPresent(key -> {
            order.remove(key);
            order.add(0, key);
        });
        for (VerificationKey key : order) {
            if (envelope.isSignedBy(key)) {
                return key;
            }
        }
        if (named.isPresent()) {
            throw new InvalidInputException(what + ": its signature does not verify with the key it names ("
                    + String.join(", ", names.get(named.get())) + "): the statement or the signature was changed");
        }
        throw new InvalidInputException(what + ": not signed by any of the " + names.size() + " trusted keys");
    }
}
