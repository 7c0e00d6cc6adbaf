package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** What adopting an image asks of a real registry. */
class AdoptionRequestsIT {
    /** As many as the design allows. */
    private static final int MOST = 5;

    @TempDir
    Path folder;

    @Test
    void asksARegistryAFewTimesAboutAnImageAtATag() throws Exception {
        try (RegistryServer registry = RegistryServer.distribution(folder)) {
            ImageReference asked = ImageReference.parse(registry.host() + "/team/app:1");
            Manifest image;
            try (ImageStore store = RegistryStores.any(List.of(), CredentialSource.ANONYMOUS, RequestListener.NONE)
                    .open(asked)) {
                image = Samples.image(store, "linux/amd64", "adopted");
                store.tag("1", image);
            }
            Path file = Files.writeString(folder.resolve("digest"), image.digest() + "\n");
            BuilderOutput output = new OutputFile(file, "digest").read(Optional.empty());
            List<String> requests = new CopyOnWriteArrayList<>();
            try (ImageStore store = RegistryStores.any(
                            List.of(),
                            CredentialSource.ANONYMOUS,
                            (method, host, path) -> requests.add(method + " " + path))
                    .open(asked)) {
                assertThat(Adoption.of(store, asked, output).digest()).isEqualTo(image.digest());
            }
            assertThat(requests).hasSizeLessThanOrEqualTo(MOST);
        }
    }
}
