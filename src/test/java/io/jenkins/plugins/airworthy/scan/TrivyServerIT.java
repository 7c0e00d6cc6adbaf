package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A real Trivy server with the project's database; the client has none. */
class TrivyServerIT {
    private static final String TOKEN = "t0ken-of-the-server";
    private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    static Path serverFolder;

    private static Process server;
    private static int port;

    @TempDir
    Path folder;

    private ResolvedImage image;

    @BeforeAll
    static void start() throws Exception {
        port = freePort();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Tool.require("trivy").executable().toString(),
                        "server",
                        "--cache-dir",
                        TrivyTestCache.copy(serverFolder.resolve("cache")).toString(),
                        "--skip-db-update",
                        "--listen",
                        "127.0.0.1:" + port))
                .redirectErrorStream(true)
                .redirectOutput(serverFolder.resolve("log").toFile());
        builder.environment().put("TRIVY_TOKEN", TOKEN);
        server = builder.start();
        long deadline = System.nanoTime() + START_LIMIT_NANOS;
        while (!answers(port)) {
            assertThat(server.isAlive() && System.nanoTime() < deadline)
                    .as(Files.readString(serverFolder.resolve("log")))
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @BeforeEach
    void makeImage() throws Exception {
        image = SampleImage.withLog4Shell()
                .with("app/credentials", "token = " + SampleImage.PLANTED + "\n")
                .in(folder.resolve("images"), "bad");
    }

    @Test
    void findsTheSameAndNamesTheServersDatabase() throws Exception {
        ScanResult result = scan(port, TOKEN).get(0).result();

        assertThat(result.vulnerabilities())
                .extracting(ScanResult.Vulnerability::id)
                .contains("CVE-2021-44228", "CVE-2021-45046", "CVE-2021-44832");
        assertThat(result.secrets()).extracting(ScanResult.Secret::ruleId).contains("github-pat");
        assertThat(result.database()).contains(new ScanResult.Database(Instant.parse("2026-11-01T00:00:00Z")));
        assertThat(result.packages()).isEqualTo(2);
    }

    /** The server remembers layers, also those in which another client looked for secrets with Trivy's exceptions. */
    @Test
    void looksForSecretsWhereAnotherClientOfTheServerDidNot() throws Exception {
        image = new SampleImage()
                .with("app/vendor/x/credentials", "token = " + SampleImage.PLANTED + "\n")
                .in(folder.resolve("vendored"), "bad");

        Tool.Outcome other = Tool.require("trivy")
                .run(
                        folder,
                        Map.of("TRIVY_TOKEN", TOKEN),
                        "image",
                        "--server",
                        "http://127.0.0.1:" + port,
                        "--scanners",
                        "secret",
                        "--skip-version-check",
                        "--disable-telemetry",
                        "--format",
                        "json",
                        "--input",
                        folder.resolve("vendored").toString())
                .succeeded();

        assertThat(other.out()).doesNotContain("github-pat");
        assertThat(scan(port, TOKEN).get(0).result().secrets())
                .extracting(ScanResult.Secret::target)
                .containsExactly("/app/vendor/x/credentials");
    }

    @Test
    void reportsAWrongTokenWithoutQuotingIt() {
        assertThatThrownBy(() -> scan(port, "another-t0ken"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("the Trivy server refused the token")
                .message()
                .doesNotContain("another-t0ken");
    }

    @Test
    void failsWhenTheServerIsDown() throws Exception {
        int closed = freePort();

        assertThatThrownBy(() -> scan(closed, TOKEN))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("no connection could be made");
    }

    private List<ScanOutcome> scan(int port, String token) throws Exception {
        Path cache = folder.resolve("client-cache");
        TrivyTestCache.copy(cache);
        Files.delete(cache.resolve("db/trivy.db"));
        Files.delete(cache.resolve("db/metadata.json"));
        TrivySettings settings = new TrivySettings(
                new TrivyExecutable(Tool.require("trivy").executable()),
                cache,
                true,
                Optional.of(TrivyServer.of("http://127.0.0.1:" + port, Optional.of(token))),
                Map.of(),
                TrivySettings.DEFAULT_TIME_LIMIT);
        try (ImageStore store = LayoutStore.open((LayoutReference) image.asked())) {
            return new Scanner(settings, InstantSource.system()).scan(store, image, Progress.SILENT);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
