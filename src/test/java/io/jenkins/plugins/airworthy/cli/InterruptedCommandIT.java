package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Ctrl-C and SIGTERM while a registry keeps a promotion waiting for ever. */
class InterruptedCommandIT {
    private static final long LIMIT_SECONDS = 60;

    /** Signal 2 in the kernel's mask. */
    private static final long INT = 1L << 1;

    @TempDir
    Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch uploading = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer registry;

    @BeforeEach
    void startARegistryThatNeverTakesABlob() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.setExecutor(threads);
        registry.createContext("/", this::answer);
        registry.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        registry.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            switch (exchange.getRequestMethod()) {
                case "POST" -> {
                    exchange.getResponseHeaders().add("Location", "/v2/production/app/blobs/uploads/1");
                    exchange.sendResponseHeaders(202, -1);
                }
                case "PUT", "PATCH" -> {
                    uploading.countDown();
                    over.await();
                }
                default -> exchange.sendResponseHeaders(404, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void stopsInOrderAndLeavesTheTagAlone(String signal, int status) throws Exception {
        Jar jar = new Jar(folder);
        String host = "localhost:" + registry.getAddress().getPort();
        String policy =
                SignedImage.make(jar, "oci:staging/app:1.0").policy("oci:staging/{app}", host + "/production/{app}");
        Path err = folder.resolve("stderr.txt");
        Path out = folder.resolve("stdout.json");
        ProcessBuilder builder = new ProcessBuilder(heeding(Jar.command(
                        List.of(),
                        "promote",
                        "oci:staging/app:1.0",
                        host + "/production/app:1.0",
                        "--policy",
                        policy,
                        "--trust",
                        SignedImage.TRUST,
                        "--format",
                        "json")))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Process process = builder.start();
        assertThat(uploading.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as(() -> String.valueOf(requests))
                .isTrue();
        Tool.require("kill")
                .run(folder, Map.of(), "-" + signal, "" + process.pid())
                .succeeded();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(status);
        JsonNode error = new ObjectMapper().readTree(out.toFile()).get("error");
        assertThat(error.get("interrupted").booleanValue()).isTrue();
        assertThat(error.has("exitStatus"))
                .as("a status that the process does not end with")
                .isFalse();
        assertThat(Files.readString(err)).contains("interrupted").doesNotContain("did not stop in time");
        assertThat(requests).noneMatch(request -> request.contains("/manifests/") && request.startsWith("PUT"));
    }

    /** A job in the background of a script passes on that it ignores INT, and then Java ignores it too. */
    private static List<String> heeding(List<String> command) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return command;
        }
        boolean ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & INT) != 0);
        List<String> all = new ArrayList<>(ignored ? List.of("env", "--default-signal=INT") : List.of());
        all.addAll(command);
        return all;
    }
}
