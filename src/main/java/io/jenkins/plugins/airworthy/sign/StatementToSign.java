package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.Arrays;
import java.util.Optional;

/**
 * What {@link EvidenceWriter} asks a key to sign, read again by a key that signs nothing blindly. Refuses everything but a
 * statement about an image, in an envelope or in the form of simple signing with nothing else in it.
 *
 * @param payload the digest of the bytes by which a {@link SignatureRecord} names the signature
 */
public record StatementToSign(Statement statement, Digest payload) {
    /** Reads the bytes that a key is to sign. */
    public static StatementToSign of(byte[] message) throws InvalidInputException {
        Optional<byte[]> payload = DsseEnvelope.payloadOf(message);
        if (payload.isPresent()) {
            return new StatementToSign(
                    Statement.parse(payload.get(), "the statement to sign"), Digest.of(payload.get()));
        }
        try {
            Statement signature = SimpleSigning.parse(message, "the signature to make");
            if (Arrays.equals(
                    SimpleSigning.write(signature, signature.subject().name().orElse("")), message)) {
                return new StatementToSign(signature, Digest.of(message));
            }
        } catch (InvalidInputException e) {
            throw new InvalidInputException("what is to be signed is no statement about an image", e);
        }
        throw new InvalidInputException("what is to be signed is no statement about an image: it says more than that");
    }
}
