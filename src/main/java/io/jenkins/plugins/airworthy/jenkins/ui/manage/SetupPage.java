package io.jenkins.plugins.airworthy.jenkins.ui.manage;

import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryEntry;
import io.jenkins.plugins.airworthy.jenkins.ui.key.ShownKey;

import java.util.ArrayList;
import java.util.List;

/** A summary of the settings on the Security page. */
public record SetupPage(List<ShownRegistry> registries, List<String> trustedAgents, List<String> layoutFolders) {
    /** A registry in the list. It shows whether there is a credential, but not which one. */
    public record ShownRegistry(String host, String role, String access) {
        static ShownRegistry of(RegistryEntry entry) {
            List<String> access = new ArrayList<>();
            if (!entry.getCredentialsId().isEmpty()) {
                access.add("with credentials");
            }
            if (!entry.getClientCertificateId().isEmpty()) {
                access.add("with a client certificate");
            }
            if (access.isEmpty()) {
                access.add("without credentials");
            }
            if (entry.isPlainHttp()) {
                access.add("plain HTTP");
            }
            return new ShownRegistry(entry.getHost(), ShownKey.words(entry.getRole()), String.join(", ", access));
        }
    }

    static SetupPage of(AirworthyConfiguration configuration) {
        return new SetupPage(
                configuration.getRegistries().stream().map(ShownRegistry::of).toList(),
                configuration.getTrustedAgents(),
                configuration.getLayoutFolders());
    }
}
