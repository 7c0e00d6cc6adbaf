package io.jenkins.plugins.airworthy.cli;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A whole run that must end in time, with a registry that never answers. */
@Timeout(60)
class TimeoutTest {
    @TempDir
    Path folder;

    private final Session session = new Session();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer registry;
    private String host;

    @BeforeEach
    void startARegistryThatNeverAnswers() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.setExecutor(threads);
        registry.createContext("/", exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        registry.start();
        host = "localhost:" + registry.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        over.countDown();
        registry.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aRunThatTakesLongerIsUndecidedAndSaysWhatItWasAt() {
        Session.Ended ended = session.run("evidence", host + "/team/app:1", "--timeout", "1s");

        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.err())
                .contains(
                        "'airworthy evidence' took longer than the allowed 1 second and was stopped",
                        "(--timeout)",
                        "It was at: GET " + host + "/v2/team/app/manifests/1",
                        "No tag was moved");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aRunThatWritesSaysInWhichStateTheTagIs() throws Exception {
        Path file = Files.writeString(folder.resolve("app.txt"), "app");
        Session.Ended ended = session.run(
                "--timeout=1s",
                "build",
                "--base",
                "scratch",
                "--file",
                file + ":/app.txt",
                "--to",
                host + "/team/app:1");

        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.err()).contains("'airworthy build' took longer", "No tag was half moved", Command.OF_A_TAG);
    }

    @Test
    void aLogInThatIsStoppedSaysNothingOfATag() {
        session.environment.put("DOCKER_CONFIG", folder.toString());
        session.in = new java.io.ByteArrayInputStream(new byte[] {'p', 'w'});
        Session.Ended ended = session.run("login", host, "-u", "alice", "--password-stdin", "--timeout=1s");

        assertThat(ended.status()).isEqualTo(3);
        assertThat(ended.err())
                .contains("took longer", "The file of credentials is as it was")
                .doesNotContain("tag");
    }

    @Test
    void theReportOfAStoppedRunIsAnError() {
        Path file = folder.resolve("report.json");
        session.run("evidence", host + "/team/app:1", "--timeout", "1s", "--format=json", "--output", file.toString());
        assertThat(file).content().contains("\"exitStatus\" : 3", "took longer");
    }

    @Test
    void aRunThatEndsInTimeIsNotChanged() {
        assertThat(session.run("version", "--timeout", "10m")).isEqualTo(session.run("version"));
    }

    @ParameterizedTest
    @CsvSource({"90s,PT90S", "10m,PT10M", "2h,PT2H", "1d,PT24H"})
    void durationsAreWrittenAsInPolicies(String text, Duration duration) throws Exception {
        assertThat(io.jenkins.plugins.airworthy.cli.Timeout.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "10", "10M", "1.5h", "-1m", "2d", "100000s", "10m ", "PT10M", "1h30m"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> io.jenkins.plugins.airworthy.cli.Timeout.parse(text))
                .hasMessageContaining("expected a time such as 90s, 10m or 2h");
        assertThat(session.run("version", "--timeout=" + text).status()).isEqualTo(2);
    }
}
