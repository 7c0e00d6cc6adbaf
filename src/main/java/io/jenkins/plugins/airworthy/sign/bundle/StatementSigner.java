package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.Statement;

/**
 * Signs statements about images, and nothing else: with a key that verifiers know, or with a certificate for one signature.
 * The form in which the result is stored is chosen where the signer is made. Implementations are safe for use by several
 * threads and give out nothing that does not verify.
 */
public interface StatementSigner {
    /**
     * Signs a statement.
     *
     * @return who signed what, and the bytes to store
     * @throws io.jenkins.plugins.airworthy.InvalidInputException when the statement is refused: it is too large or nested too
     *     deeply to be read again, this signer is not for its type, or the form has no room for what it says
     * @throws io.jenkins.plugins.airworthy.UndecidedException when it is not known whether the statement may be signed or
     *     whether the signature is good: a key, a token or a service does not answer, the signature does not verify, or it
     *     cannot be recorded. No signature was given out; a public log may know of one
     */
    SignedStatement sign(Statement statement) throws AirworthyException, InterruptedException;
}
