package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A target that is slower than the source: the program between them must not keep the difference in memory. */
class SlowTargetIT {
    private static final int LAYERS = 4;
    private static final int LAYER_BYTES = 40 * 1024 * 1024;
    private static final long TARGET_BYTES_PER_SECOND = 6L * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void aPromotionToASlowRegistryNeedsNoMoreMemory() throws Exception {
        Path sourceFolder = Files.createDirectory(folder.resolve("source"));
        Path targetFolder = Files.createDirectory(folder.resolve("target"));
        try (RegistryServer source = RegistryServer.distribution(sourceFolder);
                RegistryServer target = RegistryServer.distribution(targetFolder);
                SlowProxy slow = new SlowProxy(port(target))) {
            Jar jar = new Jar(folder);
            jar.run("key", "generate", "--output", "release").succeeded();
            String image = source.host() + "/staging/app:1";
            build(jar, image);
            jar.run("sign", image, "--key", SignedImage.KEY).succeeded();
            Files.writeString(folder.resolve("policy.yaml"), """
                    apiVersion: airworthy/v1
                    kind: Policy
                    metadata: {name: test}
                    spec:
                      trust: {keys: [release], observed: build-agent}
                      images: [{from: "%s/staging/{app}", to: "%s/production/{app}"}]
                      checklist: [signature: {threshold: 1}]
                      without: [{rule: vulnerabilities, reason: "nothing is scanned in this test"}]
                    """.formatted(source.host(), slow.host()));

            Tool.Outcome promoted = jar.runWith(
                    List.of("-Xmx64m"),
                    "promote",
                    image,
                    slow.host() + "/production/app:1",
                    "--policy",
                    "policy.yaml",
                    "--trust",
                    SignedImage.TRUST);

            assertThat(promoted.succeeded().out()).contains("promoted");
        }
    }

    private void build(Jar jar, String image) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("build", "--base", "scratch", "--to", image, "--user", "1000"));
        for (int i = 0; i < LAYERS; i++) {
            byte[] layer = new byte[LAYER_BYTES];
            new Random(i).nextBytes(layer);
            Files.write(folder.resolve("file" + i), layer);
            arguments.addAll(List.of("--file", "file" + i + ":/file" + i));
        }
        jar.run(arguments.toArray(String[]::new)).succeeded();
    }

    private static int port(RegistryServer registry) {
        return Integer.parseInt(registry.host().substring(registry.host().lastIndexOf(':') + 1));
    }

    /** Passes on to a registry so many bytes in a second for each connection, and back at once. */
    private static final class SlowProxy implements AutoCloseable {
        private static final int BUFFER = 16 * 1024;

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final int registry;

        SlowProxy(int registry) throws IOException {
            this.registry = registry;
            threads.execute(this::accept);
        }

        String host() {
            return "localhost:" + server.getLocalPort();
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = server.accept();
                    Socket target = new Socket(InetAddress.getLoopbackAddress(), registry);
                    threads.execute(
                            () -> pass(client, target, TimeUnit.SECONDS.toNanos(BUFFER) / TARGET_BYTES_PER_SECOND));
                    threads.execute(() -> pass(target, client, 0));
                }
            } catch (IOException e) {
                return; // the test is over
            }
        }

        private static void pass(Socket from, Socket to, long nanosForABuffer) {
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                byte[] buffer = new byte[BUFFER];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    out.write(buffer, 0, read);
                    TimeUnit.NANOSECONDS.sleep(nanosForABuffer * read / BUFFER);
                }
            } catch (IOException e) {
                return; // one of the two has hung up
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            threads.shutdownNow();
        }
    }
}
