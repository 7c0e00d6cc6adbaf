package io.jenkins.plugins.airworthy.jenkins.config;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.registry.credential.ClientCertificate;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialUse;
import io.jenkins.plugins.airworthy.jenkins.config.credential.SystemCredentials;

import java.util.Arrays;
import java.util.Optional;

/** The credentials of the controller and of agents for a registry. Credentials for promotions must be hidden from every job. */
final class RegistryCredentials {
    private final SystemCredentials credentials;

    RegistryCredentials(CredentialUse use) {
        this.credentials = new SystemCredentials(use);
    }

    Optional<Credential.Password> forController(RegistryEntry entry) throws InvalidInputException {
        String id = entry.getCredentialsId();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(password(
                entry.getRole() == RegistryRole.PRODUCTION
                        ? credentials.requireHidden(id, StandardUsernamePasswordCredentials.class, entry.toString())
                        : credentials.require(id, StandardUsernamePasswordCredentials.class, entry.toString())));
    }

    /** The client certificate of the controller; agents get none from us. */
    Optional<ClientCertificate> certificate(RegistryEntry entry) throws InvalidInputException {
        String id = entry.getClientCertificateId();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        String what = entry + ", its client certificate";
        StandardCertificateCredentials credential = entry.getRole() == RegistryRole.PRODUCTION
                ? credentials.requireHidden(id, StandardCertificateCredentials.class, what)
                : credentials.require(id, StandardCertificateCredentials.class, what);
        char[] password = credential.getPassword().getPlainText().toCharArray();
        try {
            return Optional.of(ClientCertificate.of(credential.getKeyStore(), password, what));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    Optional<Credential.Password> forAgents(RegistryEntry entry) throws InvalidInputException {
        String id = entry.getAgentCredentialsId();
        if (id.isEmpty() && entry.getRole() == RegistryRole.STAGING) {
            id = entry.getCredentialsId();
        }
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(password(
                        credentials.require(id, StandardUsernamePasswordCredentials.class, entry + " for agents")));
    }

    private static Credential.Password password(StandardUsernamePasswordCredentials credential) {
        return new Credential.Password(
                credential.getUsername(), credential.getPassword().getPlainText());
    }
}
