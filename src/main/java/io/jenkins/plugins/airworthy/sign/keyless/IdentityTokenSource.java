package io.jenkins.plugins.airworthy.sign.keyless;

import io.jenkins.plugins.airworthy.AirworthyException;

/**
 * Provides identity tokens, from the environment, a file or a credential of Jenkins. It is asked before every signature,
 * so that a long-lived signer gets a new token when one expires.
 */
@FunctionalInterface
public interface IdentityTokenSource {
    IdentityToken token() throws AirworthyException, InterruptedException;
}
