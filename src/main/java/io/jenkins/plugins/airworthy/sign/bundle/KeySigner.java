package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;

/**
 * Signs statements with a key: as bundles without log entry and timestamp, as cosign writes them for keys, or in cosign's older
 * format. Never returns a signature that does not verify with the digest for the key's kind.
 */
public final class KeySigner implements StatementSigner {
    private final SigningKey key;
    private final EvidenceFormat format;

    /** Creates a signer that writes bundles. */
    public KeySigner(SigningKey key) {
        this(key, EvidenceFormat.BUNDLE);
    }

    /** Creates a signer that writes this format. */
    public KeySigner(SigningKey key, EvidenceFormat format) {
        this.key = key;
        this.format = format;
    }

    @Override
    public SignedStatement sign(Statement statement) throws AirworthyException, InterruptedException {
        boolean signature = statement.predicateType().equals(PredicateTypes.COSIGN_SIGNATURE);
        return format == EvidenceFormat.LEGACY && signature ? simply(statement) : inEnvelope(statement);
    }

    private SignedStatement inEnvelope(Statement statement) throws AirworthyException, InterruptedException {
        Payload payload = Payload.of(statement);
        byte[] signature = signed(DsseEnvelope.signedBytes(payload.bytes()), statement);
        DsseEnvelope envelope = new DsseEnvelope(payload.bytes(), signature);
        byte[] stored =
                switch (format) {
                    case BUNDLE -> Bundle.write(envelope, key.publicKey());
                    case LEGACY -> StrictJson.write(envelope.toJson());
                };
        return SignedStatement.by(key.publicKey(), payload, format, signature, stored);
    }

    private SignedStatement simply(Statement statement) throws AirworthyException, InterruptedException {
        Payload payload = Payload.ofSimpleSigning(statement);
        byte[] signature = signed(payload.bytes(), statement);
        return SignedStatement.by(key.publicKey(), payload, format, signature, payload.bytes());
    }

    private byte[] signed(byte[] message, Statement statement) throws AirworthyException, InterruptedException {
        byte[] signature = key.sign(message);
        if (!key.publicKey().verifyNew(message, signature)) {
            throw new UndecidedException("the signature that " + key.publicKey() + " made of a statement about "
                    + statement.subject().digest()
                    + " does not verify: the key or its device is faulty; nothing was written");
        }
        return signature;
    }
}
