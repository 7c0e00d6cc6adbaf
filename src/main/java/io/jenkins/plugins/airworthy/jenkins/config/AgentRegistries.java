package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.http.EnvironmentProxies;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The registries that an agent may connect to, with the credentials that it may know, which never include those for promotions.
 * Made for one task; do not keep it.
 */
public final class AgentRegistries implements Serializable {
    private static final long serialVersionUID = 1;

    private final ArrayList<AgentRegistry> registries;

    AgentRegistries(List<AgentRegistry> registries) {
        this.registries = new ArrayList<>(registries);
    }

    /** On the agent: opens only these registries, with the proxies of the agent's own process. */
    public RegistryStores stores() throws InvalidInputException {
        List<RegistrySettings> settings = new ArrayList<>();
        for (AgentRegistry registry : registries) {
            settings.add(registry.settings());
        }
        return RegistryStores.only(settings, EnvironmentProxies.ofProcess());
    }

    /** Shows only their hosts. */
    @Override
    public String toString() {
        return "registries " + registries.stream().map(AgentRegistry::toString).toList();
    }

    /** One registry with what an agent may know of it. */
    static final class AgentRegistry implements Serializable {
        private static final long serialVersionUID = 1;

        private final RegistryAccess access;
        private final boolean anonymous;
        private final String user;
        private final String password;

        AgentRegistry(RegistryAccess access, Optional<Credential.Password> credential) {
            this.access = access;
            this.anonymous = credential.isEmpty();
            this.user = credential.map(Credential.Password::user).orElse("");
            this.password = credential.map(Credential.Password::password).orElse("");
        }

        RegistrySettings settings() throws InvalidInputException {
            Optional<Credential> credential =
                    anonymous ? Optional.empty() : Optional.of(new Credential.Password(user, password));
            return access.settings().withCredentials(asked -> credential);
        }

        @Override
        public String toString() {
            return access.host();
        }
    }
}
