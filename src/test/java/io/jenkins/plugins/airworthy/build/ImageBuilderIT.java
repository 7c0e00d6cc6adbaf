package io.jenkins.plugins.airworthy.build;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Builds on base images that crane made, in real registries, and shows the results to other tools. */
class ImageBuilderIT {
    private static final int MAX_OUTPUT = 10_000_000;

    @TempDir
    private static Path folder;

    private static RegistryServer registry;
    private static RegistryServer another;
    private static Path sources;

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    static void prepare() throws Exception {
        registry = RegistryServer.distribution(Files.createDirectory(folder.resolve("registry")));
        another = RegistryServer.withReferrersApi(Files.createDirectory(folder.resolve("another")));
        sources = Sources.application(folder.resolve("sources"));
        Path root = Files.createDirectories(folder.resolve("root/etc"));
        Files.writeString(root.resolve("os-release"), "ID=alpine\nVERSION_ID=3.18.0\n");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(new ProcessBuilder("tar", "-C", root.getParent().toString(), "-cf", "base.tar", "etc")
                        .directory(folder.toFile())
                        .start()
                        .waitFor())
                .isZero();
        for (String arch : List.of("amd64", "arm64")) {
            String one = base("oci-" + arch);
            crane("append", "--oci-empty-base", "-f", "base.tar", "-t", one);
            crane("mutate", "--set-platform", "linux/" + arch, "--env", "ARCH=" + arch, "-t", one, one);
        }
        crane("index", "append", "-m", base("oci-arm64"), "-m", base("oci-amd64"), "-t", base("index"));
        crane("append", "-f", "base.tar", "-t", base("docker"));
        crane(
                "mutate",
                "--set-platform",
                "linux/amd64",
                "--entrypoint",
                "/bin/base",
                "-t",
                base("docker"),
                base("docker"));
    }

    @AfterAll
    static void stop() {
        for (RegistryServer server : new RegistryServer[] {registry, another}) {
            if (server != null) {
                server.close();
            }
        }
    }

    @Test
    void buildsEveryPlatformOfAnIndexAsOtherToolsWantIt() throws Exception {
        String target = registry.host() + "/team/app:multi";

        BuiltImage built = build(base("index"), target, "linux/amd64", "linux/arm64");

        assertThat(crane("digest", target))
                .isEqualTo(built.descriptor().digest().toString());
        assertThat(crane("validate", "--remote", target)).contains("PASS");
        for (String arch : List.of("amd64", "arm64")) {
            JsonNode seen = json(
                    tool("skopeo", "inspect", "--tls-verify=false", "--override-arch", arch, "docker://" + target));
            assertThat(seen.get("Architecture").asText()).isEqualTo(arch);
            assertThat(seen.get("Env").toString()).contains("ARCH=" + arch).contains("OURS=1");
            assertThat(seen.get("Layers").get(0).asText())
                    .isEqualTo(json(crane("manifest", base("oci-" + arch)))
                            .at("/layers/0/digest")
                            .asText());
        }
    }

    @Test
    void takesTheBasesLayersFromTheSameRegistryWithoutMovingThem() throws Exception {
        requests.clear();
        BuiltImage built = build(base("oci-amd64"), registry.host() + "/team/mounted:1");

        String layer = json(crane("manifest", base("oci-amd64")))
                .at("/layers/0/digest")
                .asText();
        assertThat(built.platforms().get(0).base().orElseThrow().toString())
                .isEqualTo(crane("digest", base("oci-amd64")));
        assertThat(requests).noneMatch(request -> request.startsWith("GET ") && request.contains(layer));
        assertThat(requests).filteredOn(request -> request.contains("mount")).isNotEmpty();
    }

    @Test
    void givesTheSameDigestInEveryStore() throws Exception {
        BuiltImage here = build(base("index"), registry.host() + "/team/same:1", "linux/amd64", "linux/arm64");
        BuiltImage there = build(base("index"), another.host() + "/other/name:2", "linux/arm64", "linux/amd64");
        BuiltImage layout = build(base("index"), "oci:" + folder.resolve("same") + ":3", "linux/amd64", "linux/arm64");

        assertThat(List.of(there.descriptor(), layout.descriptor())).containsOnly(here.descriptor());
        assertThat(crane("validate", "--remote", another.host() + "/other/name:2"))
                .contains("PASS");
    }

    @Test
    void turnsADockerBaseIntoAnOciImageWithTheSameLayer() throws Exception {
        String target = registry.host() + "/team/docker:1";
        JsonNode base = json(crane("manifest", base("docker")));
        assertThat(base.get("mediaType").asText()).isEqualTo(MediaTypes.DOCKER_MANIFEST);

        BuiltImage built = build(base("docker"), target);

        assertThat(built.descriptor().mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(crane("validate", "--remote", target)).contains("PASS");
        JsonNode manifest = json(crane("manifest", target));
        assertThat(manifest.at("/layers/0/digest")).isEqualTo(base.at("/layers/0/digest"));
        assertThat(json(crane("config", target)).at("/config/Entrypoint").toString())
                .isEqualTo("[\"/bin/base\"]");
        tool(
                "skopeo",
                "copy",
                "--src-tls-verify=false",
                "docker://" + target,
                "oci:" + folder.resolve("docker-copy") + ":1");
    }

    @Test
    void unpacksAsTheRequestSaid() throws Exception {
        Path layout = folder.resolve("unpacked-layout");
        build(base("oci-amd64"), "oci:" + layout + ":1");
        Path bundle = folder.resolve("bundle");
        tool("umoci", "unpack", "--rootless", "--image", layout + ":1", bundle.toString());

        Path root = bundle.resolve("rootfs");
        assertThat(root.resolve("etc/os-release")).hasContent("ID=alpine\nVERSION_ID=3.18.0");
        assertThat(root.resolve("app/lib/one.txt")).hasSameTextualContentAs(sources.resolve("lib/one.txt"));
        assertThat(mode(root.resolve("app/lib/one.txt"))).isEqualTo("rw-r--r--");
        assertThat(mode(root.resolve("app/lib"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(root.resolve("start.sh"))).isEqualTo("rwxr-xr-x");
        assertThat(Files.getLastModifiedTime(root.resolve("start.sh")).toMillis())
                .isEqualTo(1_000);
    }

    @Test
    void isUnderstoodByTrivy() throws Exception {
        Path layout = folder.resolve("trivy-layout");
        BuiltImage built = build(base("oci-amd64"), "oci:" + layout + ":1");

        JsonNode report = json(tool(
                "trivy",
                "image",
                "--quiet",
                "--skip-version-check",
                "--disable-telemetry",
                "--cache-dir",
                folder.resolve("trivy-cache").toString(),
                "--scanners",
                "secret",
                "--format",
                "json",
                "--input",
                layout.toString()));

        assertThat(report.at("/Metadata/ImageID").asText())
                .isEqualTo(built.platforms().get(0).config().digest().toString());
        assertThat(report.at("/Metadata/OS/Family").asText()).isEqualTo("alpine");
        assertThat(report.at("/Metadata/DiffIDs").toString())
                .contains(built.layers().get(0).diffId().toString());
    }

    private BuiltImage build(String base, String target, String... platforms) throws Exception {
        List<Platform> wanted = new ArrayList<>();
        for (String platform : platforms) {
            wanted.add(Platform.parse(platform));
        }
        BuildRequest request = new BuildRequest(
                Optional.of(ImageReference.parse(base)),
                List.of(FileCopy.parse(sources + ":/app"), FileCopy.parse(sources + "/run.sh:/start.sh,mode=755")),
                new ContainerSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Map.of("OURS", "1"),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty()),
                wanted);
        ImageStores registries = RegistryStores.any(
                List.of(), CredentialSource.ANONYMOUS, (method, host, path) -> requests.add(method + " " + path));
        ImageStores stores = reference ->
                reference instanceof LayoutReference layout ? LayoutStore.open(layout) : registries.open(reference);
        return new ImageBuilder(stores).build(request, ImageReference.parse(target), Progress.SILENT);
    }

    private static String base(String name) {
        return registry.host() + "/base/" + name + ":1";
    }

    private static String crane(String... arguments) throws InterruptedException {
        return tool("crane", arguments);
    }

    /** Standard output and, where that is empty, what crane says beside it. */
    private static String tool(String name, String... arguments) throws InterruptedException {
        Tool.Outcome outcome =
                Tool.require(name).run(folder, Map.of(), arguments).succeeded();
        return (outcome.out().isBlank() ? outcome.err() : outcome.out()).strip();
    }

    private static JsonNode json(String text) throws Exception {
        return StrictJson.parse(text.getBytes(UTF_8), "output", MAX_OUTPUT);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
