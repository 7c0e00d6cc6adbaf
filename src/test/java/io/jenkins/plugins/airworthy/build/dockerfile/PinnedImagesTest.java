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
        return PinnedImages.resolve(Dockerfile.parse(dockerfile.getBytes(UTF_8), Map.of()), stores, Progress.SILENT);
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
}
