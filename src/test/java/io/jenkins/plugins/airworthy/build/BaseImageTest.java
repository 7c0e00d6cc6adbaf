package io.jenkins.plugins.airworthy.build;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of a base image, and which are refused. */
class BaseImageTest extends OnBaseImages {
    @Test
    void putsLayersOnTheBaseWhoseBytesStayUntouched() throws Exception {
        ImageManifest base = (ImageManifest) BaseSample.ordinary(bases, "linux/amd64");

        BuiltImage built = build(base, INHERITED);

        ImageManifest image = Sources.image(target, built.descriptor());
        assertThat(image.layers()).hasSize(3).startsWith(base.layers().toArray(Descriptor[]::new));
        try (InputStream layer = target.openBlob(image.layers().get(0))) {
            assertThat(layer.readAllBytes()).isEqualTo(BaseSample.layer("one linux/amd64"));
        }
        ImageConfig config = Sources.config(target, built.descriptor());
        assertThat(config.diffIds())
                .containsExactly(
                        Digest.of(BaseSample.layer("one linux/amd64")),
                        Digest.of(BaseSample.layer("two")),
                        built.layers().get(0).diffId());
        assertThat(Sources.written(target, built.descriptor()).get("history"))
                .extracting(entry -> entry.path("created_by").asText())
                .containsExactly("ENV A=1", "ADD rootfs", "ADD rootfs", "airworthy build");
        assertThat(image.annotations())
                .isEqualTo(Map.of(
                        "org.opencontainers.image.base.digest", base.digest().toString()));
        assertThat(built.base().orElseThrow().digest()).isEqualTo(base.digest());
        assertThat(built.platforms().get(0).base()).contains(base.digest());
    }

    @Test
    void inheritsWhatTheRequestLeavesOpen() throws Exception {
        BuiltImage built = build(BaseSample.ordinary(bases, "linux/arm64/v8"), INHERITED);

        JsonNode config = Sources.written(target, built.descriptor());
        assertThat(config.get("config").toString()).isEqualTo("""
                {"User":"nobody","WorkingDir":"/srv","Entrypoint":["/bin/base"],"Cmd":["--base"],\
                "StopSignal":"SIGQUIT","Healthcheck":{"Test":["NONE"]},"Env":["PATH=/usr/bin","A=1","LANG=C"],\
                "ExposedPorts":{"80/tcp":{}},"Volumes":{"/base":{}},"Labels":{"base":"yes","both":"base"}}""");
        assertThat(config.get("variant").asText()).isEqualTo("v8");
        assertThat(config.get("os.version").asText()).isEqualTo("5.15");
        assertThat(config.get("os.features").toString()).isEqualTo("[\"a-feature\"]");
    }

    @Test
    void dropsMembersAboutTheBasesBuildAndInstructionsForALaterOne() throws Exception {
        BuiltImage built = build(BaseSample.ordinary(bases, "linux/amd64"), INHERITED);

        JsonNode config = Sources.written(target, built.descriptor());
        assertThat(config.toString())
                .doesNotContain("OnBuild", "Hostname", "container_config", "docker_version", "the base's maker");
        assertThat(config.get("created").asText()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void addsToEnvironmentLabelsPortsAndVolumesAndReplacesTheRest() throws Exception {
        ContainerSettings settings = new ContainerSettings(
                Optional.of(List.of("/app/run")),
                Optional.empty(),
                Map.of("Z", "26", "A", "ours", "B", "2"),
                Map.of("both", "ours", "own", "yes"),
                Optional.of("1000"),
                List.of("80/tcp", "443"),
                List.of("/ours"),
                Optional.of("/app"));

        BuiltImage built = build(BaseSample.ordinary(bases, "linux/amd64"), settings);

        ImageConfig config = Sources.config(target, built.descriptor());
        assertThat(config.env()).containsExactly("PATH=/usr/bin", "A=ours", "LANG=C", "B=2", "Z=26");
        assertThat(config.labels()).isEqualTo(Map.of("base", "yes", "both", "ours", "own", "yes"));
        assertThat(config.exposedPorts()).containsExactly("443/tcp", "80/tcp");
        assertThat(config.volumes()).containsExactly("/base", "/ours");
        assertThat(config.user()).isEqualTo("1000");
        assertThat(config.workingDirectory()).isEqualTo("/app");
        assertThat(config.entrypoint()).containsExactly("/app/run");
        assertThat(config.command()).isEmpty();
    }

    @Test
    void keepsTheBasesEntrypointForACommandOfOurs() throws Exception {
        BuiltImage built = build(BaseSample.ordinary(bases, "linux/amd64"), starting(null, List.of("--ours")));

        ImageConfig config = Sources.config(target, built.descriptor());
        assertThat(config.entrypoint()).containsExactly("/bin/base");
        assertThat(config.command()).containsExactly("--ours");
    }

    @Test
    void clearsTheBasesEntrypointAndCommandWhenAnEmptyOneIsAskedFor() throws Exception {
        BuiltImage built = build(BaseSample.ordinary(bases, "linux/amd64"), starting(List.of(), null));

        ImageConfig config = Sources.config(target, built.descriptor());
        assertThat(config.entrypoint()).isEmpty();
        assertThat(config.command()).isEmpty();
    }

    @Test
    void namesDockersTypesAsTheOciDoesAndLeavesTheBytes() throws Exception {
        byte[] layer = BaseSample.layer("docker");
        Manifest base = BaseSample.image(
                bases,
                MediaTypes.DOCKER_MANIFEST,
                MediaTypes.DOCKER_CONFIG,
                BaseSample.config("linux/amd64", layer),
                MediaTypes.DOCKER_LAYER_GZIP,
                layer);

        BuiltImage built = build(base, INHERITED);

        ImageManifest image = Sources.image(target, built.descriptor());
        assertThat(image.content().mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(image.config().mediaType()).isEqualTo(MediaTypes.OCI_CONFIG);
        assertThat(image.layers().get(0)).isEqualTo(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, layer));
    }

    @ParameterizedTest
    @ValueSource(strings = {MediaTypes.OCI_LAYER, MediaTypes.OCI_LAYER_ZSTD})
    void passesOnLayersInEveryCompression(String type) throws Exception {
        byte[] layer = BaseSample.layer("as it is");
        BuiltImage built = build(withLayer(type, layer), INHERITED);

        assertThat(Sources.image(target, built.descriptor()).layers().get(0)).isEqualTo(Descriptor.of(type, layer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
                "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"
            })
    void refusesForeignLayers(String type) throws Exception {
        Manifest base = withLayer(type, BaseSample.layer("theirs"));
        assertThatThrownBy(() -> build(base, INHERITED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("foreign layer")
                .hasMessageContaining(base.digest().toString());
    }

    @Test
    void refusesLayersOfAnUnknownType() throws Exception {
        Manifest base = withLayer(MediaTypes.OCI_LAYER_GZIP + "+encrypted", BaseSample.layer("closed"));
        assertThatThrownBy(() -> build(base, INHERITED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("+encrypted', which is not understood");
    }

    @Test
    void refusesABaseWhoseConfigNamesOtherLayersThanItsManifest() throws Exception {
        Manifest base = BaseSample.image(
                bases,
                MediaTypes.OCI_MANIFEST,
                MediaTypes.OCI_CONFIG,
                BaseSample.config("linux/amd64"),
                MediaTypes.OCI_LAYER_GZIP,
                BaseSample.layer("hidden"));
        assertThatThrownBy(() -> build(base, INHERITED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has 1 layer, but its config names 0");
    }

    @Test
    void refusesAnArtefactAsBase() throws Exception {
        Manifest base = BaseSample.image(
                bases, MediaTypes.OCI_MANIFEST, MediaTypes.OCI_EMPTY, "{}", "text/plain", BaseSample.layer("text"));
        assertThatThrownBy(() -> build(base, INHERITED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not an image that could run");
    }

    @Test
    void refusesWindows() throws Exception {
        Manifest base = BaseSample.ordinary(bases, "windows/amd64");
        assertThatThrownBy(() -> build(base, INHERITED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("windows/amd64");
    }

    @Test
    void refusesALayerWhoseBytesWereChangedInTheStore() throws Exception {
        ImageManifest base = (ImageManifest) BaseSample.ordinary(bases, "linux/amd64");
        String hex = base.layers().get(1).digest().hex();
        Files.writeString(folder.resolve("bases/blobs/sha256/" + hex), "layer TWO");

        assertThatThrownBy(() -> build(base, INHERITED))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(hex);
        assertThat(target.resolve("built")).isEmpty();
    }

    @Test
    void refusesABaseTagThatMovedAwayFromItsDigest() throws Exception {
        Manifest meant = BaseSample.ordinary(bases, "linux/amd64");
        bases.tag("stable", BaseSample.ordinary(bases, "linux/arm64"));
        ImageReference reference = ImageReference.parse("oci:" + folder.resolve("bases") + ":stable@" + meant.digest());

        assertThatThrownBy(() -> build(reference, INHERITED)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void namesTheMissingBaseImage() throws Exception {
        ImageReference reference = ImageReference.parse("oci:" + folder.resolve("bases") + ":nothing");
        assertThatThrownBy(() -> build(reference, INHERITED))
                .isInstanceOf(AirworthyException.class)
                .hasMessageContaining(reference.toString());
    }

    @Test
    void givesLayersOfABaseWithoutHistoryPlainEntries() throws Exception {
        byte[] layer = BaseSample.layer("old");
        String config = BaseSample.config("linux/amd64", layer).replace(",{\"created_by\":\"ADD rootfs\"}", "");
        Manifest base = BaseSample.image(
                bases, MediaTypes.OCI_MANIFEST, MediaTypes.OCI_CONFIG, config, MediaTypes.OCI_LAYER_GZIP, layer);

        BuiltImage built = build(base, INHERITED);

        assertThat(Sources.written(target, built.descriptor()).get("history"))
                .extracting(entry -> entry.path("comment").asText())
                .containsExactly("layer of the base image", "files for /app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/app", "/lib64/app", "/tmp/app", "/var/run/app", "/proc/app"})
    void refusesToReplaceFoldersThatBelongToTheBase(String to) throws Exception {
        Manifest base = BaseSample.ordinary(bases, "linux/amd64");
        BuildRequest request = new BuildRequest(
                Optional.of(bases.location().at(base.digest())),
                List.of(FileCopy.parse(application + ":" + to)),
                INHERITED,
                List.of());
        assertThatThrownBy(() -> build(request))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("belongs to the base image");
    }

    @Test
    void leavesRootsHomeClosed() throws Exception {
        Manifest base = BaseSample.ordinary(bases, "linux/amd64");
        BuiltImage built = build(new BuildRequest(
                Optional.of(bases.location().at(base.digest())),
                List.of(FileCopy.parse(application + "/app.txt:/root/.config/app.txt")),
                INHERITED,
                List.of()));
        assertThat(Sources.listing(target, built.layers().get(0).descriptor()))
                .first()
                .isEqualTo("d 700 0:0 root/ 0 1");
    }
}
