package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.image.ImageStore;
import io.jenkins.plugins.airworthy.image.ImageStores;
import io.jenkins.plugins.airworthy.image.LayoutReference;
import io.jenkins.plugins.airworthy.image.LayoutStore;
import io.jenkins.plugins.airworthy.image.http.EnvironmentProxies;

import java.util.List;

/** Opens whatever a reference may name: a repository of a registry, or an OCI layout folder. */
public record ConfiguredStores(RegistryStores registries) implements ImageStores {

    /** Every registry, with the credentials of {@code docker login}; for a person at a command line. */
    public static ConfiguredStores ofThisUser() throws AirworthyException {
        return new ConfiguredStores(RegistryStores.any(
                List.of(), DockerConfig.ofThisUser(System.getenv()), EnvironmentProxies.ofProcess()));
    }

    @Override
    public ImageStore open(ImageReference reference) throws AirworthyException {
        return reference instanceof LayoutReference layout ? LayoutStore.open(layout) : registries.open(reference);
    }
}
