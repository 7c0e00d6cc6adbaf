package io.jenkins.plugins.airworthy.sign.keyless;

import io.jenkins.plugins.airworthy.AirworthyException;

/**
 * Where identity tokens come from: the environment, a file, a credential of Jenkins. It is asked before every signature,
 * so that one that lives longer than a token can get a new one.
 */
@FunctionalInterface
public interface IdentityTokenSource {
    IdentityToken token() throws AirworthyException, InterruptedException;
}
