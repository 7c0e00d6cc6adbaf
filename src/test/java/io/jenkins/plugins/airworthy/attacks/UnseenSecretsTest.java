package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.scan.ScanOutcome;
import io.jenkins.plugins.airworthy.scan.Scanner;
import io.jenkins.plugins.airworthy.scan.TrivyExecutable;
import io.jenkins.plugins.airworthy.scan.TrivySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 12: an image that makes the scanner skip something, by its history and by the names of its files. */
class UnseenSecretsTest {
    private static final byte[] LAYER = Samples.tar("app/credentials", "token = secret\n");
    private static final String REPORT =
            "{\"SchemaVersion\":2,\"ArtifactType\":\"container_image\",\"ArtifactID\":\"%1$s\","
                    + "\"Metadata\":{\"ImageID\":\"%1$s\"}}";

    @TempDir
    Path folder;

    @Test
    void keepsFromTheScannerWhichLayersTheHistoryCallsABaseImages() throws Exception {
        ResolvedImage image = withHistory();

        List<ScanOutcome> outcomes =
                scan(image, "echo \"" + REPORT.replace("\"", "\\\"").formatted("$config") + "\"");

        JsonObject handed = handedConfig();
        assertThat(handed.objects("history"))
                .extracting(line -> line.string("created_by"))
                .containsExactly("COPY secrets", "CMD [\"/old\"]", "COPY main");
        assertThat(handed.node().toString()).doesNotContain("empty_layer");
        assertThat(handed.object("rootfs").strings("diff_ids"))
                .containsExactly(Digest.of(LAYER).toString(), Digest.of(LAYER).toString());
        // What is signed names the image, and not our copy.
        assertThat(outcomes.get(0).result().image().id())
                .contains(image.platforms().get(0).manifest().config().digest());
        assertThat(StrictJson.write(outcomes.get(0).vulnerabilities()))
                .asString()
                .doesNotContain(Digest.of(StrictJson.write(handed.node())).toString());
    }

    @Test
    void leavesScanUndecidedWhenTheReportIsNotAboutTheCopy() throws Exception {
        ResolvedImage image = withHistory();
        Digest config = image.platforms().get(0).manifest().config().digest();

        assertThatThrownBy(() -> scan(image, "echo '" + REPORT.formatted(config) + "'"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("Trivy's report is about another image (" + config);
    }

    @Test
    void refusesHistoryWithAMemberInAnotherCase() throws Exception {
        ResolvedImage image = new LayeredImage()
                .with(Samples.gzip(LAYER), LAYER)
                .made("CMD", false)
                .called("Empty_Layer", "created_By")
                .in(folder.resolve("images"), "any");

        assertThatThrownBy(() -> scan(image, "exit 1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("history[0].created_By", "only in upper and lower case");
    }

    @Test
    void handsTheScannerSecretRulesWithoutExceptions() throws Exception {
        assertThatThrownBy(() -> scan(withHistory(), "exit 1")).hasMessageContaining("trivy image failed");

        assertThat(folder.resolve("handed/.wh.secret-rules.yaml"))
                .content()
                .contains("disable-allow-rules: [dist-info, tests, examples, vendor, usr-dirs,", "skip-patterns: []");
        assertThat(folder.resolve("arguments"))
                .content()
                .containsPattern("--secret-config \\S+/\\.wh\\.secret-rules\\.yaml");
    }

    /** A layer that is scanned by one of its tables of contents, and run by the other. */
    @Test
    void refusesLayerWithATableOfContentsOfItsOwn() throws Exception {
        ResolvedImage image = new LayeredImage()
                .with(Samples.gzip(LAYER), LAYER)
                .annotated(
                        "containerd.io/snapshot/stargz/toc.digest",
                        Digest.of(LAYER).toString())
                .in(folder.resolve("images"), "any");

        assertThatThrownBy(() -> scan(image, "exit 1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has the annotation 'containerd.io/snapshot/stargz/toc.digest'");
        assertThat(folder.resolve("handed")).doesNotExist();
    }

    private ResolvedImage withHistory() throws Exception {
        return new LayeredImage()
                .with(Samples.gzip(LAYER), LAYER)
                .made("COPY secrets", false)
                .made("CMD [\"/old\"]", true)
                .with(Samples.gzip(LAYER), LAYER)
                .made("COPY main", false)
                .in(folder.resolve("images"), "any");
    }

    private JsonObject handedConfig() throws Exception {
        JsonObject index = json("index.json");
        JsonObject manifest = blob(index.objects("manifests").get(0));
        return blob(manifest.object("config"));
    }

    private JsonObject blob(JsonObject descriptor) throws Exception {
        return json("blobs/sha256/" + Digest.parse(descriptor.string("digest")).hex());
    }

    private JsonObject json(String file) throws Exception {
        Path handed = folder.resolve("handed/image").resolve(file);
        return StrictJson.parseObject(Files.readAllBytes(handed), file, 1 << 20);
    }

    /** With a program that keeps what it was handed, and then does this. */
    private List<ScanOutcome> scan(ResolvedImage image, String script) throws Exception {
        Path program = Files.writeString(
                folder.resolve("trivy"), """
                #!/bin/sh
                export PATH=/usr/bin:/bin
                if [ "$1" = version ]; then echo '{"Version":"0.74.0"}'; exit 0; fi
                if [ "$1" = convert ]; then echo '{}'; exit 0; fi
                cp -r . %s
                echo "$@" > %s
                manifest=$(sed 's/.*"digest":"sha256:\\([0-9a-f]*\\)".*/\\1/' image/index.json)
                config=$(sed 's/.*"config":{[^}]*"digest":"\\([^"]*\\)".*/\\1/' image/blobs/sha256/$manifest)
                %s
                """.formatted(folder.resolve("handed"), folder.resolve("arguments"), script));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        TrivySettings settings = new TrivySettings(
                TrivyExecutable.at(program),
                folder.resolve("cache"),
                true,
                Optional.empty(),
                Map.of(),
                TrivySettings.DEFAULT_TIME_LIMIT);
        return new Scanner(settings, InstantSource.system())
                .scan(LayoutStore.open((LayoutReference) image.asked()), image, Progress.SILENT);
    }
}
