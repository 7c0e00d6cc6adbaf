package io.jenkins.plugins.airworthy.image.registry.credential;

import java.util.Optional;

/** Finds the client certificate of a registry when the registry asks for it. */
@FunctionalInterface
public interface CertificateSource {
    Optional<ClientCertificate> find();
}
