package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.store.CachingStore;
import io.jenkins.plugins.airworthy.image.store.DigestCache;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialUse;
import io.jenkins.plugins.airworthy.jenkins.config.credential.JenkinsProxies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stores that the controller opens: the listed registries, and layouts beneath the listed folders. Refuses everything else
 * before it sends a byte, so that a job cannot make the controller connect to a host of the job's choice.
 */
final class ControllerStores {
    private final Map<String, RegistryEntry> entries = new LinkedHashMap<>();
    private final LayoutFolders folders;
    private final RegistryStores registries;
    private final DigestCache cache = new DigestCache(DigestCache.USUAL_BYTES);

    ControllerStores(List<RegistryEntry> listed, LayoutFolders folders) throws InvalidInputException {
        this.folders = folders;
        List<RegistrySettings> settings = new ArrayList<>();
        for (RegistryEntry entry : listed) {
            entries.put(entry.getHost(), entry);
            settings.add(settings(entry));
        }
        this.registries = RegistryStores.only(settings, new JenkinsProxies());
    }

    private static RegistrySettings settings(RegistryEntry entry) throws InvalidInputException {
        RegistryCredentials credentials = new RegistryCredentials(CredentialUse.UNTRACKED);
        RegistrySettings settings = entry.access()
                .settings()
                .withCredentials(host -> credentials.forController(entry).map(password -> password));
        return entry.getClientCertificateId().isEmpty()
                ? settings
                : settings.withCertificate(() -> {
                    try {
                        return credentials.certificate(entry);
                    } catch (InvalidInputException e) {
                        return Optional.empty(); // reported when the registry was opened; it will refuse the request
                    }
                });
    }

    ImageStore open(ImageReference reference, CredentialUse use) throws AirworthyException {
        if (reference instanceof LayoutReference layout) {
            return LayoutStore.open(folders.inside(layout));
        }
        String host = ((RegistryReference) reference).host();
        RegistryEntry entry = entries.get(host);
        if (entry == null) {
            throw new InvalidInputException("'" + reference + "': " + host
                    + " is not one of the registries that this Jenkins connects to; an administrator can add it under Manage"
                    + " Jenkins, Security, Airworthy");
        }
        // Looked up now to track its use and to give a clear error; the credential to send is looked up when the
        // registry asks for it.
        RegistryCredentials credentials = new RegistryCredentials(use);
        credentials.forController(entry);
        credentials.certificate(entry);
        return new CachingStore(registries.open(reference), cache, entry.getCredentialsId());
    }
}
