package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.key.SignatureRecord;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.util.Optional;

/**
 * A statement with its signature by a {@link StatementSigner}, ready to be stored. Only the signers of this
 * package create instances, after verifying the signature. Immutable.
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

    /** Creates a statement signed by a key. */
    static SignedStatement by(
            VerificationKey key, Payload payload, EvidenceFormat format, byte[] signature, byte[] stored) {
        return new SignedStatement(payload, key, Optional.empty(), format, signature, stored);
    }

    /** Creates a statement in a bundle signed by an identity, with a key for this signature only. */
    static SignedStatement by(
            Signer.Identity identity, VerificationKey key, Payload payload, byte[] signature, byte[] bundle) {
        return new SignedStatement(payload, key, Optional.of(identity), EvidenceFormat.BUNDLE, signature, bundle);
    }

    /** The signed statement. */
    public Statement statement() {
        return payload.statement();
    }

    /** The digest of the signed bytes, which identifies the signature in a {@link SignatureRecord}. */
    public Digest payload() {
        return payload.digest();
    }

    /** The public key of the signer; if an {@link #identity} signed, the key in its certificate. */
    public VerificationKey key() {
        return key;
    }

    /** The identity in the certificate; empty for a key that verifiers know. */
    public Optional<Signer.Identity> identity() {
        return identity;
    }

    /** The storage format. */
    public EvidenceFormat format() {
        return format;
    }

    /** Returns a copy of the bytes to store: a bundle, or the content of a layer in the legacy format. */
    public byte[] stored() {
        return stored.clone();
    }

    /** Returns a copy of the signature, which the legacy format may store separately. */
    public byte[] signature() {
        return signature.clone();
    }
}
