package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.Optional;

/** Where the credential for a registry is kept. Asked only when a registry demands one. */
@FunctionalInterface
public interface CredentialSource {
    /** Knows nobody. */
    CredentialSource ANONYMOUS = host -> Optional.empty();

    /**
     * The credential for a registry.
     *
     * @param host as references write it, with the port if one is written
     */
    Optional<Credential> find(String host) throws AirworthyException, InterruptedException;
}
