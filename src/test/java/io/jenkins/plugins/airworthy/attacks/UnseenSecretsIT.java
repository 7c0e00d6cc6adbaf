package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.scan.ScanOutcome;
import io.jenkins.plugins.airworthy.scan.Scanner;
import io.jenkins.plugins.airworthy.scan.TrivyExecutable;
import io.jenkins.plugins.airworthy.scan.TrivySettings;
import io.jenkins.plugins.airworthy.testing.files.TarBytes;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 12, with the real Trivy: an image that makes the scanner skip something. */
class UnseenSecretsIT {
    private static final String TOKEN = "token = ghp_016C7MHV6DKC3pyYfFhtUjHBYPgZvm2abcde\n";
    private static final byte[] SYSTEM = new TarBytes()
            .file("etc/os-release", "ID=alpine\nVERSION_ID=3.22.0\nPRETTY_NAME=\"Alpine\"\n")
            .file("lib/apk/db/installed", "P:musl\nV:1.2.5-r10\nA:x86_64\nL:MIT\n\n")
            .bytes();
    private static final byte[] LEAK = Samples.tar("app/credentials", TOKEN);
    private static final byte[] MAIN = Samples.tar("app/main", "#!/bin/sh\necho hello to everybody\n");

    /** One path for each of Trivy's exceptions of version 0.74: look into its pkg/fanal/secret when another version is tested. */
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            Map.entry("dist-info", "app/x.dist-info/METADATA"),
            Map.entry("tests", "app/tests/settings"),
            Map.entry("examples", "app/example.conf"),
            Map.entry("vendor", "app/vendor/x/settings"),
            Map.entry("usr-dirs", "usr/lib/app/settings"),
            Map.entry("locale-dir", "app/locale/settings"),
            Map.entry("markdown", "app/README.md"),
            Map.entry("node.js", "opt/yarn-v1.22/settings"),
            Map.entry("golang", "usr/local/go/settings"),
            Map.entry("python", "usr/local/lib/python3.12/settings"),
            Map.entry("rubygems", "usr/lib/gems/settings"),
            Map.entry("wordpress", "usr/src/wordpress/settings"),
            Map.entry("anaconda-log", "var/log/anaconda/settings"),
            Map.entry("**/.git/**", "app/.git/config"),
            Map.entry("**/node_modules/**", "app/node_modules/x/settings"),
            Map.entry("**/package-lock.json", "app/package-lock.json"),
            Map.entry("**/*.bin", "app/settings.bin"),
            Map.entry("**/*.tar", "app/settings.tar"),
            Map.entry("**/*.pdf", "app/settings.pdf"));

    @TempDir
    Path folder;

    private TrivySettings settings;

    @BeforeEach
    void prepare() throws Exception {
        Path cache = folder.resolve("cache");
        for (String file :
                List.of("db/trivy.db", "db/metadata.json", "java-db/trivy-java.db", "java-db/metadata.json")) {
            Files.createDirectories(cache.resolve(file).getParent());
            Files.copy(Path.of("src/demo/trivy-db").resolve(file), cache.resolve(file));
        }
        settings = new TrivySettings(
                TrivyExecutable.at(Tool.require("trivy").executable()),
                cache,
                true,
                Optional.empty(),
                Map.of(),
                TrivySettings.DEFAULT_TIME_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CMD [\"/app/old\"]", "/bin/sh -c #(nop)  CMD [\"/app/old\"]"})
    void findsSecretInALayerThatTheHistoryCallsABaseImages(String command) throws Exception {
        ResolvedImage plain = image().made("CMD [\"/app/main\"]", true).in(folder.resolve("plain"), "any");
        ResolvedImage hidden = new LayeredImage()
                .with(Samples.gzip(SYSTEM), SYSTEM)
                .made("ADD rootfs", false)
                .with(Samples.gzip(LEAK), LEAK)
                .made("COPY credentials", false)
                .made(command, true)
                .with(Samples.gzip(MAIN), MAIN)
                .made("COPY main", false)
                .in(folder.resolve("hidden"), "any");

        assertThat(naive("plain")).contains("github-pat");
        assertThat(naive("hidden")).doesNotContain("github-pat");
        assertThat(secrets(plain)).containsExactly("/app/credentials");
        assertThat(secrets(hidden)).containsExactly("/app/credentials");
    }

    /** Commands that the history attributes to a base are checked too, and so are secrets in them. */
    @Test
    void checksCommandsThatTheHistoryCallsABaseImages() throws Exception {
        ResolvedImage image = new LayeredImage()
                .with(Samples.gzip(SYSTEM), SYSTEM)
                .made("RUN /bin/sh -c sudo true # buildkit", false)
                .made("ENV TOKEN=" + TOKEN.substring(8).strip(), true)
                .made("CMD [\"/bin/sh\"]", true)
                .with(Samples.gzip(MAIN), MAIN)
                .made("COPY main /app # buildkit", false)
                .in(folder.resolve("images"), "any");

        ScanOutcome outcome = scan(image);

        assertThat(outcome.result().misconfigurations())
                .extracting(ScanResult.Misconfiguration::title)
                .anyMatch(title -> title.contains("sudo"));
        assertThat(outcome.result().secrets())
                .extracting(ScanResult.Secret::ruleId)
                .contains("github-pat");
    }

    @Test
    void findsSecretsAtPathsThatTrivyAlonePassesOver() throws Exception {
        TarBytes leaks = new TarBytes();
        Stream.concat(EXCEPTIONS.values().stream(), Stream.of("empty.yaml", "secret-rules.yaml"))
                .sorted()
                .forEach(path -> leaks.file(path, TOKEN));
        byte[] layer = leaks.bytes();
        ResolvedImage image = new LayeredImage()
                .with(Samples.gzip(SYSTEM), SYSTEM)
                .with(Samples.gzip(layer), layer)
                .in(folder.resolve("images"), "any");

        String naive = naive("images");

        assertThat(EXCEPTIONS).allSatisfy((exception, path) -> assertThat(naive).doesNotContain(path));
        assertThat(secrets(image))
                .containsAll(
                        EXCEPTIONS.values().stream().map(path -> "/" + path).toList())
                .contains("/empty.yaml", "/secret-rules.yaml");
    }

    @Test
    void refusesFileThatTrivyTakesForADirectory() throws Exception {
        byte[] layer =
                new TarBytes().file("app/credentials", TOKEN, 040644, 0, 0).bytes();
        ResolvedImage image = new LayeredImage()
                .with(Samples.gzip(SYSTEM), SYSTEM)
                .with(Samples.gzip(layer), layer)
                .in(folder.resolve("images"), "any");

        assertThat(naive("images")).doesNotContain("github-pat");
        assertThatThrownBy(() -> scan(image)).hasMessageContaining("'app/credentials' is a file but has the mode");
    }

    @Test
    void refusesZstdLayerThatMayHideAFileFromTrivy() throws Exception {
        byte[] layer =
                new TarBytes().file("app/credentials", TOKEN, 040644, 0, 0).bytes();
        ResolvedImage seen = new LayeredImage()
                .with(Samples.gzip(SYSTEM), SYSTEM)
                .with(LayeredImage.zstd(LEAK), LEAK)
                .in(folder.resolve("seen"), "any");
        ResolvedImage image = new LayeredImage()
                .with(Samples.gzip(SYSTEM), SYSTEM)
                .with(LayeredImage.zstd(layer), layer)
                .in(folder.resolve("images"), "any");

        assertThat(naive("seen")).contains("github-pat");
        assertThat(naive("images")).doesNotContain("github-pat");
        assertThatThrownBy(() -> scan(image)).hasMessageContaining("is compressed with zstd");
        assertThatThrownBy(() -> scan(seen)).hasMessageContaining("is compressed with zstd");
    }

    /** What Trivy was handed is a copy under another config; what is kept of it names the image. */
    @Test
    void namesTheImageInWhatIsKept() throws Exception {
        ResolvedImage image = image().made("CMD [\"/app/main\"]", true).in(folder.resolve("images"), "any");
        String config = image.platforms().get(0).manifest().config().digest().toString();

        ScanOutcome outcome = scan(image);

        assertThat(outcome.result().image().id().orElseThrow()).hasToString(config);
        assertThat(text(outcome.vulnerabilities())).contains("\"ArtifactID\":\"" + config + "\"");
        assertThat(text(outcome.cyclonedx().orElseThrow())).contains(config);
        assertThat(text(outcome.spdx().orElseThrow())).contains("ImageID: " + config);
    }

    private static LayeredImage image() {
        return new LayeredImage()
                .with(Samples.gzip(SYSTEM), SYSTEM)
                .made("ADD rootfs", false)
                .with(Samples.gzip(LEAK), LEAK)
                .made("COPY credentials", false)
                .with(Samples.gzip(MAIN), MAIN)
                .made("COPY main", false);
    }

    private static String text(ObjectNode document) {
        return new String(StrictJson.write(document), UTF_8);
    }

    private List<String> secrets(ResolvedImage image) throws Exception {
        return scan(image).result().secrets().stream()
                .map(ScanResult.Secret::target)
                .toList();
    }

    private ScanOutcome scan(ResolvedImage image) throws Exception {
        return new Scanner(settings, InstantSource.system())
                .scan(LayoutStore.open((LayoutReference) image.asked()), image, Progress.SILENT)
                .get(0);
    }

    /** With a cache for each image: Trivy keeps what it found in a layer, and did not ask then whether a base image has it. */
    private String naive(String name) throws Exception {
        return Tool.require("trivy")
                .run(
                        folder,
                        Map.of(),
                        "image",
                        "--cache-dir",
                        folder.resolve("naive-cache-" + name).toString(),
                        "--scanners",
                        "secret",
                        "--skip-version-check",
                        "--disable-telemetry",
                        "--format",
                        "json",
                        "--input",
                        folder.resolve(name).toString())
                .succeeded()
                .out();
    }
}
