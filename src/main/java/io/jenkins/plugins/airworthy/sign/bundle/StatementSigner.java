package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.Statement;

/**
 * Signs statements about images: with a key that verifiers know, or with a certificate for one signature.
 * The storage format is chosen when the signer is created. Implementations are thread-safe, and never return a signature that does
 * not verify.
 */
public interface StatementSigner {
    /**
     * Signs a statement.
     *
     * @return the signer, the signed content and the bytes to store
     * @throws io.jenkins.plugins.airworthy.InvalidInputException if the statement is refused: it is too large or nested too
     *     deeply to be read again, this signer may not sign its type, or the storage format cannot express it
     * @throws io.jenkins.plugins.airworthy.UndecidedException if it is unknown whether the statement may be signed or
     *     whether the signature is valid: a key, a token or a service does not answer, the signature does not verify, or it
     *     cannot be recorded. No signature was returned, but a public log may contain one
     */
    SignedStatement sign(Statement statement) throws AirworthyException, InterruptedException;
}
