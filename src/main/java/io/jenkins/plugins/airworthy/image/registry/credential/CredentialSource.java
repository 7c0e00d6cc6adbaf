package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.Optional;

/** Provides the credential for a registry. It is asked only when a registry demands one. */
@FunctionalInterface
public interface CredentialSource {
    /** Has no credentials. */
    CredentialSource ANONYMOUS = host -> Optional.empty();

    /**
     * The credential for a registry.
     *
     * @param host as in references, with the port if there is one
     */
    Optional<Credential> find(String host) throws AirworthyException, InterruptedException;
}
