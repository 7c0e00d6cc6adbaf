package io.jenkins.plugins.airworthy.image;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.copy.CopyResult;
import io.jenkins.plugins.airworthy.image.copy.ImageCopier;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What other tools make of our layout folders, with evidence in them, and we of theirs. */
class LayoutToolsIT {
    @TempDir
    private Path temp;

    private Path folder;
    private LayoutStore store;

    @BeforeEach
    void open() {
        folder = temp.resolve("layout");
        store = store(folder);
    }

    @Test
    void skopeoReadsAnImageWithEvidenceInTheFolder() throws Exception {
        Tool skopeo = Tool.require("skopeo");
        ImageManifest image = tagged("1.0");
        String raw = run(skopeo, "inspect", "--raw", "oci:" + folder + ":1.0");
        assertThat(Digest.of(raw.getBytes(UTF_8))).isEqualTo(image.digest());
        run(skopeo, "copy", "--quiet", "oci:" + folder + ":1.0", "oci:" + temp.resolve("copied") + ":2.0");
        assertThat(store(temp.resolve("copied")).manifest("2.0")).contains(image);
    }

    @Test
    void evidenceStaysWhenSkopeoWritesIntoTheFolder() throws Exception {
        Tool skopeo = Tool.require("skopeo");
        ImageManifest image = tagged("1.0");
        LayoutStore other = store(temp.resolve("other"));
        ImageManifest next = Samples.image(other, "linux/amd64", "next");
        other.tag("next", next);
        run(skopeo, "copy", "--quiet", "oci:" + other.location().folder() + ":next", "oci:" + folder + ":1.0");
        assertThat(store.manifest("1.0")).contains(next);
        assertThat(store.referrers(image.digest())).hasSize(2);
        assertThat(store.manifest(image.digest())).contains(image);
    }

    @Test
    void trivyScansTheImageAndNotItsEvidence() throws Exception {
        Tool trivy = Tool.require("trivy");
        ImageManifest image = tagged("1.0");
        for (String input : List.of(folder.toString(), folder + ":1.0", folder + "@" + image.digest())) {
            String report = run(
                    trivy,
                    "image",
                    "--quiet",
                    "--cache-dir=" + temp.resolve("cache"),
                    "--skip-version-check",
                    "--scanners=secret",
                    "--format=json",
                    "--input=" + input);
            assertThat(report).contains(image.config().digest().toString()).contains("\"Family\": \"alpine\"");
        }
    }

    @Test
    void cranePushesAFolderAndTheRegistryHasTheSameDigest() throws Exception {
        Tool crane = Tool.require("crane");
        try (RegistryServer registry = RegistryServer.distribution(Files.createDirectory(temp.resolve("registry")))) {
            ImageManifest image = Samples.image(store, "linux/amd64", "pushed");
            store.tag("1.0", image);
            run(crane, "push", folder.toString(), registry.host() + "/app:1.0");
            assertThat(run(crane, "digest", registry.host() + "/app:1.0").strip())
                    .isEqualTo(image.digest().toString());
            run(crane, "validate", "--remote", registry.host() + "/app:1.0");
            run(
                    crane,
                    "pull",
                    "--format=oci",
                    registry.host() + "/app:1.0",
                    temp.resolve("pulled").toString());
            LayoutStore pulled = store(temp.resolve("pulled"));
            assertThat(pulled.manifest(image.digest())).contains(image);
            pulled.tag("1.0", image);
            assertThat(pulled.manifest("1.0")).contains(image);
            assertThat(Files.readString(temp.resolve("pulled/index.json")))
                    .containsOnlyOnce(image.digest().toString());
        }
    }

    @Test
    void aCopiedIndexIsTheSameToSkopeo() throws Exception {
        Tool skopeo = Tool.require("skopeo");
        ImageManifest amd64 = Samples.image(store, "linux/amd64", "a");
        ImageManifest arm64 = Samples.image(store, "linux/arm64", "b");
        Manifest index = Samples.put(
                store,
                Samples.index(
                        amd64.descriptor().with(Platform.parse("linux/amd64")),
                        arm64.descriptor().with(Platform.parse("linux/arm64"))));
        LayoutStore target = store(temp.resolve("target"));
        CopyResult copied = new ImageCopier(Progress.SILENT).copy(store, index.digest(), List.of(), target);
        target.tag("1.0", copied.manifest());
        String reference = "oci:" + temp.resolve("target") + ":1.0";
        run(skopeo, "copy", "--quiet", "--all", reference, "oci:" + temp.resolve("again") + ":1.0");
        assertThat(store(temp.resolve("again")).manifest("1.0")).contains(index);
        assertThat(run(skopeo, "--override-os=linux", "--override-arch=arm64", "inspect", reference))
                .contains("\"Architecture\": \"arm64\"");
    }

    private ImageManifest tagged(String tag) throws Exception {
        ImageManifest image = Samples.image(store, "linux/amd64", "judged");
        Samples.evidence(store, image, "{\"signature\":1}");
        store.tag(tag, image);
        Samples.evidence(store, image, "{\"scan\":1}");
        return image;
    }

    private String run(Tool tool, String... arguments) throws InterruptedException {
        return tool.run(temp, Map.of(), arguments).succeeded().out();
    }

    private static LayoutStore store(Path folder) {
        return LayoutStore.open(new LayoutReference(folder, Optional.empty(), Optional.empty()));
    }
}
