package io.jenkins.plugins.airworthy.build;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageConfig;
import io.jenkins.plugins.airworthy.image.ImageManifest;
import io.jenkins.plugins.airworthy.image.ImageReader;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.image.ImageStore;
import io.jenkins.plugins.airworthy.image.IndexManifest;
import io.jenkins.plugins.airworthy.image.LayoutReference;
import io.jenkins.plugins.airworthy.image.LayoutStore;
import io.jenkins.plugins.airworthy.image.Manifest;
import io.jenkins.plugins.airworthy.image.MediaTypes;
import io.jenkins.plugins.airworthy.image.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of a base image, and which are refused. */
class BaseImageTest {
    private static final ContainerSettings INHERITED = ContainerSettings.INHERITED;

    @TempDir
    Path folder;

    private Path application;
    private ImageStore bases;
    private ImageStore target;

    @BeforeEach
    void prepare() throws Exception {
        application = Sources.application(folder.resolve("application"));
        bases = LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve("bases")));
        target = LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve("target")));
    }

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
        assertThat(config.json().get("history"))
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

        JsonNode config = Sources.config(target, built.descriptor()).json();
        assertThat(config.get("config").toString()).isEqualTo("""
                {"User":"nobody","WorkingDir":"/srv","Entrypoint":["/bin/base"],"Cmd":["--base"],\
                "StopSignal":"SIGQUIT","Healthcheck":{"Test":["NONE"]},"Env":["PATH=/usr/bin","A=1","LANG=C"],\
                "ExposedPorts":{"80/tcp":{}},"Volumes":{"/base":{}},"Labels":{"base":"yes","both":"base"}}""");
        assertThat(config.get("variant").asText()).isEqualTo("v8");
        assertThat(config.get("os.version").asText()).isEqualTo("5.15");
        assertThat(config.get("os.features").toString()).isEqualTo("[\"a-feature\"]");
    }

    @Test
    void dropsWhatTellsOfTheBasesBuildOrGivesOrdersToALaterOne() throws Exception {
        BuiltImage built = build(BaseSample.ordinary(bases, "linux/amd64"), INHERITED);

        JsonNode config = Sources.config(target, built.descriptor()).json();
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
                .hasMessageContaining("has 1 layers, but its config names 0");
    }

    @Test
    void refusesAnArtefactAsBase() throws Exception {
        Manifest base = BaseSample.image(
                bases, MediaTypes.OCI_MANIFEST, MediaTypes.OCI_EMPTY, "{}", "text/plain", BaseSample.layer("text"));
        assertThatThrownBy(() -> build(base, INHERITED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no image that could run");
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
    void refusesABaseTagThatMovedAwayFromTheDigestBesideIt() throws Exception {
        Manifest meant = BaseSample.ordinary(bases, "linux/amd64");
        bases.tag("stable", BaseSample.ordinary(bases, "linux/arm64"));
        ImageReference reference = ImageReference.parse("oci:" + folder.resolve("bases") + ":stable@" + meant.digest());

        assertThatThrownBy(() -> build(reference, INHERITED)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void tellsWhichBaseImageIsMissing() throws Exception {
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

        assertThat(Sources.config(target, built.descriptor()).json().get("history"))
                .extracting(entry -> entry.path("comment").asText())
                .containsExactly("layer of the base image", "files for /app");
    }

    @Test
    void buildsEveryPlatformThatIsAskedForInOneOrder() throws Exception {
        Manifest index = index("linux/arm64/v8", "linux/amd64", "linux/s390x");

        BuiltImage built = build(index, "linux/arm64", "linux/amd64");
        BuiltImage again = build(index, "linux/amd64", "linux/arm64/v8");

        assertThat(again.descriptor()).isEqualTo(built.descriptor());
        IndexManifest image =
                (IndexManifest) target.manifest(built.descriptor().digest()).orElseThrow();
        assertThat(image.manifests())
                .extracting(child -> child.platform().orElseThrow().toString())
                .containsExactly("linux/amd64", "linux/arm64/v8");
        assertThat(ImageReader.read(target, built.reference()).problems()).isEmpty();
        for (int i = 0; i < 2; i++) {
            ImageManifest child = Sources.image(target, image.manifests().get(i));
            assertThat(child.annotations().get("org.opencontainers.image.base.digest"))
                    .isEqualTo(built.platforms().get(i).base().orElseThrow().toString());
            assertThat(child.layers()).hasSize(3);
        }
        assertThat(target.manifest("built").orElseThrow().digest()).isEqualTo(image.digest());
    }

    @Test
    void makesOneManifestForOnePlatformOfAnIndex() throws Exception {
        BuiltImage built = build(index("linux/amd64", "linux/arm64/v8"), "linux/arm64");

        assertThat(built.descriptor().mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(Sources.config(target, built.descriptor()).platform()).isEqualTo(Platform.parse("linux/arm64/v8"));
    }

    @Test
    void takesLinuxAmd64OfAnIndexOnEveryMachine() throws Exception {
        BuiltImage built = build(index("linux/arm64/v8", "linux/amd64"));
        assertThat(built.platforms().get(0).platform()).isEqualTo(Platform.parse("linux/amd64"));
    }

    @Test
    void refusesAPlatformThatTheBaseDoesNotOffer() throws Exception {
        Manifest index = index("linux/arm64/v8", "linux/arm/v6");
        assertThatThrownBy(() -> build(index, "linux/riscv64"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not for linux/riscv64: it offers linux/arm64/v8, linux/arm/v6");
        Manifest single = BaseSample.ordinary(bases, "linux/amd64");
        assertThatThrownBy(() -> build(single, "linux/arm64"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is for linux/amd64, but linux/arm64 is asked for");
        assertThatThrownBy(() -> build(single, "linux/amd64", "linux/arm64"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("for one platform only");
    }

    @Test
    void refusesToGuessBetweenTwoImagesForOnePlatform() throws Exception {
        Descriptor one = BaseSample.ordinary(bases, "linux/amd64").descriptor().with(Platform.parse("linux/amd64"));
        Descriptor other = withLayer(MediaTypes.OCI_LAYER, BaseSample.layer("other"))
                .descriptor()
                .with(Platform.parse("linux/amd64"));
        Manifest index = BaseSample.index(bases, List.of(one, other));
        assertThatThrownBy(() -> build(index)).hasMessageContaining("has 2 images for linux/amd64");
    }

    @Test
    void refusesAnIndexThatCallsAnotherPlatformsImageTheOneAskedFor() throws Exception {
        Descriptor child =
                BaseSample.ordinary(bases, "linux/amd64").descriptor().with(Platform.parse("linux/arm64/v8"));
        Manifest index = BaseSample.index(bases, List.of(child));
        assertThatThrownBy(() -> build(index, "linux/arm64"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is for linux/amd64, but linux/arm64 is asked for");
    }

    @Test
    void refusesAnIndexInAnIndex() throws Exception {
        Descriptor inner = index("linux/amd64").descriptor().with(Platform.parse("linux/amd64"));
        Manifest outer = BaseSample.index(bases, List.of(inner));
        assertThatThrownBy(() -> build(outer))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is an index again");
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

    private Manifest withLayer(String type, byte[] layer) throws AirworthyException, InterruptedException {
        return BaseSample.image(
                bases,
                MediaTypes.OCI_MANIFEST,
                MediaTypes.OCI_CONFIG,
                BaseSample.config("linux/amd64", layer),
                type,
                layer);
    }

    private Manifest index(String... platforms) throws AirworthyException, InterruptedException {
        Descriptor[] children = new Descriptor[platforms.length];
        for (int i = 0; i < platforms.length; i++) {
            children[i] = BaseSample.ordinary(bases, platforms[i]).descriptor().with(Platform.parse(platforms[i]));
        }
        return BaseSample.index(bases, List.of(children));
    }

    private static ContainerSettings starting(List<String> entrypoint, List<String> command) {
        return new ContainerSettings(
                Optional.ofNullable(entrypoint),
                Optional.ofNullable(command),
                Map.of(),
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private BuiltImage build(Manifest base, ContainerSettings settings) throws Exception {
        return build(bases.location().at(base.digest()), settings);
    }

    private BuiltImage build(ImageReference base, ContainerSettings settings) throws Exception {
        return build(new BuildRequest(
                Optional.of(base), List.of(FileCopy.parse(application + ":/app")), settings, List.of()));
    }

    private BuiltImage build(Manifest base, String... platforms) throws Exception {
        Platform[] wanted = new Platform[platforms.length];
        for (int i = 0; i < platforms.length; i++) {
            wanted[i] = Platform.parse(platforms[i]);
        }
        return build(new BuildRequest(
                Optional.of(bases.location().at(base.digest())),
                List.of(FileCopy.parse(application + ":/app")),
                INHERITED,
                List.of(wanted)));
    }

    private BuiltImage build(BuildRequest request) throws AirworthyException, InterruptedException, IOException {
        return new ImageBuilder(reference -> LayoutStore.open((LayoutReference) reference))
                .build(request, target.location().tagged("built"), Progress.SILENT);
    }
}
