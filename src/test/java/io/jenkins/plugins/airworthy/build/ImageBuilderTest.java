package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.ImageConfig;
import io.jenkins.plugins.airworthy.image.ImageManifest;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.image.ImageStore;
import io.jenkins.plugins.airworthy.image.ImageStores;
import io.jenkins.plugins.airworthy.image.LayoutReference;
import io.jenkins.plugins.airworthy.image.LayoutStore;
import io.jenkins.plugins.airworthy.image.MediaTypes;
import io.jenkins.plugins.airworthy.image.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ImageBuilderTest {
    private static final ImageStores LAYOUTS = reference -> LayoutStore.open((LayoutReference) reference);

    @TempDir
    Path folder;

    private Path application;

    @BeforeEach
    void writeApplication() throws IOException {
        application = Sources.application(folder.resolve("application"));
    }

    @Test
    void buildsFromScratchForLinuxAmd64() throws Exception {
        BuiltImage built = build(
                new BuildRequest(
                        Optional.empty(),
                        List.of(
                                FileCopy.parse(application + ":/app"),
                                FileCopy.parse(application + "/run.sh:/usr/bin/,mode=0755,owner=1000:1000")),
                        new ContainerSettings(
                                Optional.of(List.of("/usr/bin/run.sh")),
                                Optional.of(List.of("--fast")),
                                Map.of("MODE", "test"),
                                Map.of("maker", "us"),
                                Optional.of("1000:1000"),
                                List.of("8080", "53/udp"),
                                List.of("/data"),
                                Optional.of("/app")),
                        List.of()),
                "app:1");

        ImageStore store = LAYOUTS.open(built.reference());
        assertThat(store.resolve("1").orElseThrow().digest())
                .isEqualTo(built.descriptor().digest());
        ImageManifest image = Sources.image(store, built.descriptor());
        assertThat(image.content().mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(image.layers())
                .extracting(Descriptor::mediaType)
                .containsExactly(MediaTypes.OCI_LAYER_GZIP, MediaTypes.OCI_LAYER_GZIP);
        ImageConfig config = Sources.config(store, built.descriptor());
        assertThat(config.platform()).isEqualTo(Platform.parse("linux/amd64"));
        assertThat(config.entrypoint()).containsExactly("/usr/bin/run.sh");
        assertThat(config.command()).containsExactly("--fast");
        assertThat(config.env()).containsExactly("MODE=test");
        assertThat(config.labels()).isEqualTo(Map.of("maker", "us"));
        assertThat(config.user()).isEqualTo("1000:1000");
        assertThat(config.exposedPorts()).containsExactly("53/udp", "8080/tcp");
        assertThat(config.volumes()).containsExactly("/data");
        assertThat(config.workingDirectory()).isEqualTo("/app");
        assertThat(config.json().get("created").textValue()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(Sources.listing(store, image.layers().get(0)))
                .containsExactly(
                        "d 755 0:0 app/ 0 1",
                        "- 644 0:0 app/app.txt 16 1",
                        "d 755 0:0 app/lib/ 0 1",
                        "d 755 0:0 app/lib/more/ 0 1",
                        "- 644 0:0 app/lib/more/two.txt 0 1",
                        "- 644 0:0 app/lib/one.txt 10000 1",
                        "- 644 0:0 app/run.sh 21 1");
        assertThat(Sources.listing(store, image.layers().get(1)))
                .containsExactly("d 755 0:0 usr/ 0 1", "d 755 0:0 usr/bin/ 0 1", "- 755 1000:1000 usr/bin/run.sh 21 1");
    }

    private BuiltImage build(BuildRequest request, String target) throws AirworthyException, InterruptedException {
        return new ImageBuilder(LAYOUTS)
                .build(request, ImageReference.parse("oci:" + folder.resolve(target)), Progress.SILENT);
    }
}
