package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;

/**
 * The bytes of a statement that are signed. Refuses a statement that a verifier could not read again, since such evidence would
 * never count.
 */
final class Payload {
    private final Statement statement;
    private final byte[] bytes;

    private Payload(Statement statement, byte[] bytes) {
        this.statement = statement;
        this.bytes = bytes;
    }

    /** The payload of an envelope. */
    static Payload of(Statement statement) throws InvalidInputException {
        byte[] bytes = statement.toBytes();
        String what = "the statement " + statement.predicateType() + " about "
                + statement.subject().digest();
        if (bytes.length > Statement.MAX_BYTES) {
            throw new InvalidInputException(
                    what + " has " + bytes.length + " bytes; at most " + Statement.MAX_BYTES + " can be read again");
        }
        Statement.parse(bytes, what + ", which could not be read again");
        return new Payload(statement, bytes);
    }

    /** The payload for "I signed this image" in cosign's older format. */
    static Payload ofSimpleSigning(Statement statement) throws InvalidInputException {
        String what =
                "a signature in the legacy format of " + statement.subject().digest();
        if (!statement.predicate().isEmpty()) {
            throw new InvalidInputException(
                    what + " states only the image's digest, but this statement has a predicate");
        }
        String repository = statement
                .subject()
                .name()
                .orElseThrow(
                        () -> new InvalidInputException(what + " names the image's repository, but none was given"));
        byte[] bytes = SimpleSigning.write(statement, repository);
        SimpleSigning.parse(bytes, what + ", which could not be read again");
        return new Payload(statement, bytes);
    }

    Statement statement() {
        return statement;
    }

    /** The bytes; the caller must not change them. */
    byte[] bytes() {
        return bytes;
    }

    /** The digest that identifies the signed bytes in a record of signatures. */
    Digest digest() {
        return Digest.of(bytes);
    }
}
