package io.jenkins.plugins.airworthy.build.dockerfile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which images a build may use, and which of them bring others. */
class PinnedImagesTest {
    @TempDir
    Path folder;

    private LayoutStore store;
    private ImageManifest image;
    private ImageStores stores;

    @BeforeEach
    void push() throws Exception {
        store = open();
        image = Samples.image(store, "linux/amd64", "a base");
        store.tag("1", image);
        stores = reference -> {
            if (!((RegistryReference) reference).host().equals("r.example.com")) {
                throw new InvalidInputException(reference + " is not one of the configured registries");
            }
            return open();
        };
    }

    private LayoutStore open() throws AirworthyException {
        return LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve("base") + ":1"));
    }

    private Map<RegistryReference, RegistryReference> resolve(String dockerfile) throws Exception {
        return resolve(dockerfile, List.of());
    }

    private Map<RegistryReference, RegistryReference> resolve(String dockerfile, List<String> platforms)
            throws Exception {
        return PinnedImages.resolve(
                Dockerfile.parse(dockerfile.getBytes(UTF_8), Map.of()),
                BuildOptions.of("", platforms, List.of(), List.of(), List.of(), (RegistryReference)
                        ImageReference.parse("r.example.com/app:1")),
                stores,
                Progress.SILENT);
    }

    /** A base whose config has more in it. */
    private void push(ObjectNode settings) throws Exception {
        ObjectNode config = StrictJson.parseObject(store.readBlob(image.config(), 1_000_000), "config", 1_000_000)
                .node();
        config.set("config", settings);
        byte[] bytes = StrictJson.write(config);
        Descriptor blob = Samples.blob(store, MediaTypes.OCI_CONFIG, bytes);
        Manifest changed =
                Samples.put(store, Samples.manifest(blob, image.layers().get(0)));
        store.tag("2", changed);
    }

    @Test
    void resolvesEachOnce() throws Exception {
        Map<RegistryReference, RegistryReference> pinned =
                resolve("FROM r.example.com/base:1 AS a\nFROM r.example.com/base:1\nCOPY --from=a /x /x\n");

        assertThat(pinned).hasSize(1);
        assertThat(pinned.values()).hasToString("[r.example.com/base@" + image.digest() + "]");
    }

    @Test
    void refusesImagesOfOtherRegistries() {
        assertThatThrownBy(() -> resolve("FROM r.example.com/base:1\nCOPY --from=evil.example.com/x:1 /x /x\n"))
                .hasMessageStartingWith(
                        "Dockerfile, line 2: evil.example.com/x:1 is not one of the configured registries");
    }

    @Test
    void refusesImageWhoseInstructionsWouldRunInTheBuild() throws Exception {
        ObjectNode settings = StrictJson.object();
        settings.putArray("OnBuild").add("COPY --from=evil.example.com/x:1 /x /x");
        push(settings);

        assertThatThrownBy(() -> resolve("FROM r.example.com/base:2\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has ONBUILD instructions");
    }

    /** Builders read the members of a config in any spelling. */
    @Test
    void refusesTheSameInAnotherSpelling() throws Exception {
        ObjectNode settings = StrictJson.object();
        settings.putArray("onbuild").add("COPY --from=evil.example.com/x:1 /x /x");
        push(settings);

        assertThatThrownBy(() -> resolve("FROM r.example.com/base:2\n")).isInstanceOf(InvalidInputException.class);
    }

    /** buildah takes these settings where the others are missing. */
    @Test
    void refusesTriggersInOlderSettings() throws Exception {
        ObjectNode config = StrictJson.parseObject(store.readBlob(image.config(), 1_000_000), "config", 1_000_000)
                .node();
        config.remove("config");
        config.putObject("container_config").putArray("OnBuild").add("COPY --from=localhost/evil:latest /x /x");
        Descriptor blob = Samples.blob(store, MediaTypes.OCI_CONFIG, StrictJson.write(config));
        store.tag("3", Samples.put(store, Samples.manifest(blob, image.layers().get(0))));

        assertThatThrownBy(() -> resolve("FROM r.example.com/base:3\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has ONBUILD instructions");
    }

    /** A builder may take what is there instead. */
    @Test
    void refusesABaseThatIsNotThereForAPlatformThatIsAskedFor() throws Exception {
        String base = "FROM r.example.com/base:1\n";
        assertThat(resolve(base, List.of("linux/amd64"))).hasSize(1);
        assertThatThrownBy(() -> resolve(base, List.of("linux/amd64", "linux/arm64")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Dockerfile, line 1: r.example.com/base:1 has no image for linux/arm64, which is"
                        + " asked for: it has linux/amd64");
        assertThatThrownBy(
                        () -> resolve("FROM --platform=$TARGETPLATFORM r.example.com/base:1\n", List.of("linux/arm64")))
                .hasMessageContaining("has no image for linux/arm64");

        // A stage of another platform, and one that only holds files.
        assertThat(resolve("FROM --platform=linux/amd64 r.example.com/base:1\n", List.of("linux/arm64")))
                .hasSize(1);
        assertThat(resolve(base.strip() + " AS files\nFROM scratch\nCOPY --from=files /a /a\n", List.of("linux/arm64")))
                .hasSize(1);
    }

    @Test
    void tellsThatAStageIsMissingWhereAnImageOfItsNameIs() throws Exception {
        assertThatThrownBy(() -> resolve("FROM r.example.com/base:1\nCOPY --from=builder /app /app\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Dockerfile, line 2: no stage before this line is called 'builder', so it means the image"
                        + " docker.io/library/builder:latest: docker.io/library/builder:latest is not one of the"
                        + " configured registries");
        assertThatThrownBy(() -> resolve("FROM builder\n"))
                .hasMessageStartingWith("Dockerfile, line 1: docker.io/library/builder:latest is not");
    }
}
