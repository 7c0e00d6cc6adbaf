package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.credential.DockerConfig;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Referrers are taken off the lists of real registries, and those of others stay. */
class RemovedReferrersIT {
    @TempDir
    private Path folder;

    /** Its manifests cannot be removed at all; its lists are tags. */
    @Test
    void removesFromTheTagOfARegistryThatDeletesNothing() throws Exception {
        try (RegistryServer registry = RegistryServer.distribution(folder)) {
            removeTwoOfFour(registry);
        }
    }

    @Test
    void removesFromTheListOfARegistryWithTheReferrersApi() throws Exception {
        try (RegistryServer registry = RegistryServer.withReferrersApi(folder)) {
            removeTwoOfFour(registry);
        }
    }

    private static void removeTwoOfFour(RegistryServer registry) throws Exception {
        ImageReference reference = ImageReference.parse(registry.host() + "/staging/app:1");
        try (ImageStore store = RegistryStores.any(
                        List.of(), DockerConfig.ofThisUser(System.getenv()), RequestListener.NONE)
                .open(reference)) {
            ImageManifest image = Samples.image(store, "linux/amd64", "four times signed");
            store.tag("1", image);
            SoftwareKey key = SoftwareKey.generate();
            List<Digest> attached = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Clock clock = Clock.fixed(Instant.parse("2026-05-01T12:00:00Z").plusSeconds(i), ZoneOffset.UTC);
                attached.add(EvidenceWriter.attach(
                                store,
                                image.descriptor(),
                                EvidenceWriter.signatureOf(
                                        new Subject(Optional.empty(), image.digest()), Optional.empty()),
                                new KeySigner(key),
                                clock)
                        .digest());
            }

            store.removeReferrers(image.digest(), attached.subList(0, 2));

            assertThat(store.referrers(image.digest()))
                    .extracting(Descriptor::digest)
                    .containsExactlyInAnyOrderElementsOf(attached.subList(2, 4));
            assertThat(store.manifest("1")).contains(image);
        }
    }
}
