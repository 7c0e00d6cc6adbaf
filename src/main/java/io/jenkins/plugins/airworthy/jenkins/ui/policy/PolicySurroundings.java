package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryEntry;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;

import java.util.List;
import java.util.Optional;

/**
 * What a policy can refer to on this controller: the editor begins with it, and its check warns of everything else.
 *
 * @param keys names of all keys
 * @param signing names of the active keys that sign images
 * @param trustedAgents whether any agent is trusted
 * @param staging hosts of the registries that builds push to
 * @param production hosts of the registries that only promotions write to
 * @param layoutFolders whether images in layout folders may be used at all
 * @param trustedRoot whether there is one, for certificates, logs and timestamps
 * @param builder the builder in the provenance of this Jenkins' runs; empty if Jenkins has no URL
 */
record PolicySurroundings(
        List<String> keys,
        List<String> signing,
        boolean trustedAgents,
        List<String> staging,
        List<String> production,
        boolean layoutFolders,
        boolean trustedRoot,
        String builder) {
    PolicySurroundings {
        keys = List.copyOf(keys);
        signing = List.copyOf(signing);
        staging = List.copyOf(staging);
        production = List.copyOf(production);
    }

    static PolicySurroundings current() {
        AirworthyConfiguration configuration = AirworthyConfiguration.get();
        List<KeyEntry> keys =
                configuration.getKeys().stream().filter(key -> !key.isKeyless()).toList();
        return new PolicySurroundings(
                keys.stream().map(KeyEntry::getName).toList(),
                keys.stream()
                        .filter(key -> key.getState() == KeyState.ACTIVE && key.canSign())
                        .filter(key -> key.getRoles().contains(KeyRole.IMAGE))
                        .map(KeyEntry::getName)
                        .toList(),
                !configuration.getTrustedAgents().isEmpty(),
                hosts(configuration, RegistryRole.STAGING),
                hosts(configuration, RegistryRole.PRODUCTION),
                !configuration.getLayoutFolders().isEmpty(),
                !configuration.getSigstore().getTrustedRoot().isBlank(),
                RunOrigin.controller());
    }

    /** Whether the controller connects to this registry. */
    boolean lists(String host) {
        return staging.contains(host) || production.contains(host);
    }

    /** The registry that a new policy begins with. */
    Optional<String> firstStaging() {
        return staging.stream().findFirst();
    }

    Optional<String> firstProduction() {
        return production.stream().findFirst();
    }

    private static List<String> hosts(AirworthyConfiguration configuration, RegistryRole role) {
        return configuration.getRegistries().stream()
                .filter(registry -> registry.getRole() == role)
                .map(RegistryEntry::getHost)
                .toList();
    }
}
