package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;

/**
 * Makes bundles of statements: with a key that verifiers know, or with a certificate for one signature. Implementations
 * are safe for use by several threads and give out nothing that does not verify.
 */
public interface EvidenceSigner {
    /**
     * Signs a statement.
     *
     * @param payload the statement's bytes
     * @param what names it in errors
     * @return a Sigstore bundle of version 0.3
     */
    byte[] signStatement(byte[] payload, String what) throws AirworthyException, InterruptedException;
}
