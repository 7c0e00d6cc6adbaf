package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.key.SignatureRecord;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.util.Optional;

/**
 * A statement with the signature that a {@link StatementSigner} made of it, ready to be stored. Only the signers of this
 * package make one, and they have verified it. Immutable.
 */
public final class SignedStatement {
    private final Payload payload;
    private final VerificationKey key;
    private final Optional<Signer.Identity> identity;
    private final EvidenceFormat format;
    private final byte[] signature;
    private final byte[] stored;

    private SignedStatement(
            Payload payload,
            VerificationKey key,
            Optional<Signer.Identity> identity,
            EvidenceFormat format,
            byte[] signature,
            byte[] stored) {
        this.payload = payload;
        this.key = key;
        this.identity = identity;
        this.format = format;
        this.signature = signature;
        this.stored = stored;
    }

    /** What a key signed. */
    static SignedStatement by(
            VerificationKey key, Payload payload, EvidenceFormat format, byte[] signature, byte[] stored) {
        return new SignedStatement(payload, key, Optional.empty(), format, signature, stored);
    }

    /** A bundle that an identity signed, with a key for this one signature. */
    static SignedStatement by(
            Signer.Identity identity, VerificationKey key, Payload payload, byte[] signature, byte[] bundle) {
        return new SignedStatement(payload, key, Optional.of(identity), EvidenceFormat.BUNDLE, signature, bundle);
    }

    /** What was signed. */
    public Statement statement() {
        return payload.statement();
    }

    /** Digest of the signed bytes, by which a {@link SignatureRecord} names the signature. */
    public Digest payload() {
        return payload.digest();
    }

    /** The public half of the key that signed; where an {@link #identity} signed, the key of its one certificate. */
    public VerificationKey key() {
        return key;
    }

    /** For whom the key was certified; empty for a key that verifiers know. */
    public Optional<Signer.Identity> identity() {
        return identity;
    }

    /** In which form it is stored. */
    public EvidenceFormat format() {
        return format;
    }

    /** A copy of the bytes to store: a bundle, or in the legacy format the content of a layer. */
    public byte[] stored() {
        return stored.clone();
    }

    /** A copy of the signature alone, which the legacy format keeps beside some of what it stores. */
    public byte[] signature() {
        return signature.clone();
    }
}
