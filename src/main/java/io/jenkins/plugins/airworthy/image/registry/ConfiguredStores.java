package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;

/** Opens the store that a reference names: a repository of a registry, or an OCI layout folder. */
public record ConfiguredStores(RegistryStores registries) implements ImageStores {

    @Override
    public ImageStore open(ImageReference reference) throws AirworthyException {
        return reference instanceof LayoutReference layout ? LayoutStore.open(layout) : registries.open(reference);
    }
}
