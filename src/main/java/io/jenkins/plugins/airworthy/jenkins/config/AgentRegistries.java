package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.registry.Credential;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The registries that an agent may talk to, with the credentials that it may know: never those of production. Not to be kept. */
public final class AgentRegistries implements Serializable {
    private static final long serialVersionUID = 1;

    private final ArrayList<AgentRegistry> registries;

    AgentRegistries(List<AgentRegistry> registries) {
        this.registries = new ArrayList<>(registries);
    }

    /** On the agent: opens these registries and no others. */
    public RegistryStores stores() throws InvalidInputException {
        List<RegistrySettings> settings = new ArrayList<>();
        for (AgentRegistry registry : registries) {
            settings.add(registry.settings());
        }
        return RegistryStores.only(settings);
    }

    /** Their hosts, and nothing else. */
    @Override
    public String toString() {
        return "registries "
                + registries.stream().map(registry -> registry.host).toList();
    }

    /** One registry. */
    static final class AgentRegistry implements Serializable {
        private static final long serialVersionUID = 1;

        private final String host;
        private final String authorities;
        private final boolean plainHttp;
        private final ArrayList<String> tokenRealms;
        private final String user;
        private final String password;

        AgentRegistry(RegistryEntry entry, Optional<Credential.Password> credential) {
            this.host = entry.getHost();
            this.authorities = entry.getCaCertificates();
            this.plainHttp = entry.isPlainHttp();
            this.tokenRealms = new ArrayList<>(entry.getTokenRealms());
            this.user = credential.map(Credential.Password::user).orElse("");
            this.password = credential.map(Credential.Password::password).orElse("");
        }

        RegistrySettings settings() throws InvalidInputException {
            RegistrySettings settings = RegistrySettings.of(host);
            if (!authorities.isEmpty()) {
                settings = settings.withAuthorities(authorities);
            } else if (plainHttp) {
                settings = settings.withPlainHttp(true);
            }
            Optional<Credential> credential =
                    password.isEmpty() ? Optional.empty() : Optional.of(new Credential.Password(user, password));
            return settings.withTokenRealms(Set.copyOf(tokenRealms)).withCredentials(asked -> credential);
        }

        @Override
        public String toString() {
            return host;
        }
    }
}
