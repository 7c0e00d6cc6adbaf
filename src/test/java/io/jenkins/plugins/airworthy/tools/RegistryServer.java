package io.jenkins.plugins.airworthy.tools;

import org.junit.jupiter.api.Assertions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real registry on loopback, started for a test and stopped by closing it. */
public final class RegistryServer implements AutoCloseable {
    private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Process process;
    private final int port;

    private RegistryServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** docker-registry: no referrers API, so the fallback tag is what gets exercised. */
    public static RegistryServer distribution(Path folder) throws InterruptedException {
        return distribution(folder, "");
    }

    /**
     * The same with more configuration.
     *
     * @param more lines of configuration: below {@code http:} when indented by two spaces, else at the top
     */
    public static RegistryServer distribution(Path folder, String more) throws InterruptedException {
        Tool tool = Tool.require("docker-registry");
        int port = freePort();
        String config = """
                version: 0.1
                log: {level: warn, accesslog: {disabled: true}}
                storage:
                  filesystem: {rootdirectory: '%s'}
                  delete: {enabled: true}
                http:
                  addr: 127.0.0.1:%d
                %s
                """.formatted(folder.resolve("data"), port, more);
        try {
            Path file = Files.writeString(folder.resolve("config.yml"), config);
            return start(folder, port, List.of(tool.executable().toString(), "serve", file.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** go-containerregistry's, in memory, with the referrers API; its lists leave annotations out. */
    public static RegistryServer withReferrersApi(Path folder) throws InterruptedException {
        Tool tool = Tool.require("referrers-registry");
        int port = freePort();
        return start(folder, port, List.of(tool.executable().toString(), "127.0.0.1:" + port));
    }

    /** The same with lists that have the annotations, as the distribution specification requires. */
    public static RegistryServer withAnnotatedReferrers(Path folder) throws InterruptedException {
        Tool tool = Tool.require("referrers-registry");
        int port = freePort();
        return start(folder, port, List.of(tool.executable().toString(), "127.0.0.1:" + port, "annotated"));
    }

    static RegistryServer start(Path folder, int port, List<String> command) throws InterruptedException {
        try {
            Path log = folder.resolve(Path.of(command.get(0)).getFileName() + ".log");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            long deadline = System.nanoTime() + START_LIMIT_NANOS;
            while (!answers(port)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    Assertions.fail(command + " did not start:\n" + Files.readString(log));
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return new RegistryServer(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host and port to write in references. */
    public String host() {
        return "localhost:" + port;
    }

    public int port() {
        return port;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
