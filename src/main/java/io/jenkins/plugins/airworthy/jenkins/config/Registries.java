package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialUse;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The registries that the administrator listed. All others are refused, and only the controller writes to those for production. */
public final class Registries {
    private final List<RegistryEntry> entries;
    private final LayoutFolders folders;
    private Optional<ControllerStores> shared = Optional.empty();

    public Registries(List<RegistryEntry> entries, LayoutFolders folders) {
        this.entries = List.copyOf(entries);
        this.folders = folders;
    }

    /** As they are set up now. */
    public static Registries current() {
        return AirworthyConfiguration.get().registriesNow();
    }

    /** All listed registries and folders with the controller's credentials, whose use is tracked on the run. */
    public ImageStores controllerStores(Run<?, ?> run) throws AirworthyException {
        return stores(CredentialUse.by(run));
    }

    /** The same outside of a run: for a person who tries a policy. */
    public ImageStores controllerStores() throws AirworthyException {
        return stores(CredentialUse.UNTRACKED);
    }

    private ImageStores stores(CredentialUse use) throws AirworthyException {
        ControllerStores stores = shared();
        return reference -> stores.open(reference, use);
    }

    /** One instance for all, so that connections, tokens and content by digest are shared. */
    private synchronized ControllerStores shared() throws AirworthyException {
        if (shared.isEmpty()) {
            shared = Optional.of(new ControllerStores(entries, folders));
        }
        return shared.get();
    }

    /**
     * Only the listed registries of some images, for the work on agents: with credentials for staging; for production without
     * credentials, unless the administrator named some for agents.
     */
    public AgentRegistries forAgents(Run<?, ?> run, Collection<ImageReference> images) throws AirworthyException {
        Set<String> hosts = images.stream()
                .filter(RegistryReference.class::isInstance)
                .map(image -> ((RegistryReference) image).host())
                .collect(Collectors.toSet());
        List<AgentRegistries.AgentRegistry> registries = new ArrayList<>();
        RegistryCredentials credentials = new RegistryCredentials(CredentialUse.by(run));
        for (RegistryEntry entry : entries) {
            if (!hosts.contains(entry.getHost())) {
                continue;
            }
            Optional<Credential.Password> credential = credentials.forAgents(entry);
            registries.add(new AgentRegistries.AgentRegistry(entry.access(), credential));
        }
        return new AgentRegistries(registries);
    }

    /**
     * The form in which evidence is attached in an image's registry. It depends on the tools that verify there, so the
     * administrator sets it.
     */
    public EvidenceFormat evidenceFormat(ImageReference image) {
        return image instanceof RegistryReference registry
                        && entries.stream()
                                .anyMatch(entry -> entry.getHost().equals(registry.host()) && entry.isLegacyEvidence())
                ? EvidenceFormat.LEGACY
                : EvidenceFormat.BUNDLE;
    }

    /**
     * Refuses a place in a production registry for what a build pushes. One registry may have both roles: then the administrator
     * named credentials that write only where builds push.
     */
    public void refuseProduction(ImageReference target) throws InvalidInputException {
        if (target instanceof RegistryReference registry
                && entries.stream()
                        .anyMatch(entry -> entry.getHost().equals(registry.host())
                                && entry.getRole() == RegistryRole.PRODUCTION
                                && entry.getAgentCredentialsId().isEmpty())) {
            throw new InvalidInputException("'" + target + "' is in a production registry, which only imagePromote"
                    + " writes to: build into a staging registry");
        }
    }

    public List<RegistryEntry> entries() {
        return entries;
    }
}
