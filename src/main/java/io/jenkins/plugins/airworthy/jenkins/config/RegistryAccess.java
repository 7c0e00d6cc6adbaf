package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How one registry is reached, without any credential. Crosses to agents. */
final class RegistryAccess implements Serializable {
    private static final long serialVersionUID = 1;

    private final String host;
    private final String authorities;
    private final boolean plainHttp;
    private final ArrayList<String> tokenRealms;

    RegistryAccess(String host, String authorities, boolean plainHttp, List<String> tokenRealms) {
        this.host = host;
        this.authorities = authorities;
        this.plainHttp = plainHttp;
        this.tokenRealms = new ArrayList<>(tokenRealms);
    }

    String host() {
        return host;
    }

    RegistrySettings settings() throws InvalidInputException {
        RegistrySettings settings = RegistrySettings.of(host);
        if (plainHttp && !authorities.isEmpty()) {
            throw new InvalidInputException("registry " + host
                    + ": certificates and plain http are both given: without TLS there is nothing to trust");
        }
        if (!authorities.isEmpty()) {
            settings = settings.withAuthorities(authorities);
        } else if (plainHttp) {
            settings = settings.withPlainHttp(true);
        }
        for (String realm : tokenRealms) {
            // A realm is a host like a registry's; any other text would match nothing.
            RegistrySettings.of(realm);
        }
        return settings.withTokenRealms(Set.copyOf(tokenRealms));
    }
}
