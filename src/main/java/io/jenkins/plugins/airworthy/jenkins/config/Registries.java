package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.ImageStores;
import io.jenkins.plugins.airworthy.image.LayoutReference;
import io.jenkins.plugins.airworthy.image.LayoutStore;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;

import java.util.List;
import java.util.Optional;

/** The registries that the administrator listed; nobody talks to any other, and only the controller writes to those for production. */
public final class Registries {
    private final List<RegistryEntry> entries;
    private final LayoutFolders folders;

    public Registries(List<RegistryEntry> entries, LayoutFolders folders) {
        this.entries = List.copyOf(entries);
        this.folders = folders;
    }

    public static Registries current() {
        return new Registries(AirworthyConfiguration.get().getRegistries(), LayoutFolders.current());
    }

    /** All listed registries and folders with the controller's credentials, whose use is tracked on the run. */
    public ImageStores controllerStores(Run<?, ?> run) throws AirworthyException {
        return stores(Optional.of(run));
    }

    /** The same outside of any run: for a person who tries a policy. */
    public ImageStores controllerStores() throws AirworthyException {
        return stores(Optional.empty());
    }

    @SuppressWarnings("UnusedVariable") // the credentials' use will be tracked on it
    private ImageStores stores(Optional<Run<?, ?>> run) throws AirworthyException {
        RegistryStores registries = RegistryStores.only(List.of());
        return reference -> reference instanceof LayoutReference layout
                ? LayoutStore.open(folders.inside(layout))
                : registries.open(reference);
    }

    /** All listed registries for the work on agents: with credentials for staging, without any for production. */
    public AgentRegistries forAgents(Run<?, ?> run) throws AirworthyException {
        return new AgentRegistries(List.of());
    }

    public List<RegistryEntry> entries() {
        return entries;
    }
}
