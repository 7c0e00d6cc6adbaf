package io.jenkins.plugins.airworthy.tools.builder;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Assertions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real BuildKit, which tests start; it needs root. */
public final class BuildKitServer implements AutoCloseable {
    private final Process process;
    private final Path socket;

    private BuildKitServer(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    /**
     * Starts one, and waits until it answers.
     *
     * @param registry that has no TLS
     */
    public static BuildKitServer start(Path folder, String registry) throws Exception {
        Tool server = Tool.require("buildkitd");
        Path socket = Files.createTempDirectory("bk").resolve("s"); // the path of a socket is short
        Path configuration = Files.writeString(Files.createDirectories(folder).resolve("buildkitd.toml"), """
                root = "%s"
                [grpc]
                  address = ["unix://%s"]
                [worker.oci]
                  enabled = true
                  snapshotter = "native"
                  binary = "%s"
                  networkMode = "host"
                [worker.containerd]
                  enabled = false
                [registry."%s"]
                  http = true
                """.formatted(
                        folder.resolve("state"), socket, Tool.require("runc").executable(), registry));
        Path log = folder.resolve("buildkitd.log");
        Process process = new ProcessBuilder(server.executable().toString(), "--config", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Tool client = Tool.require("buildctl");
        for (int i = 0; i < 300; i++) {
            if (!process.isAlive()) {
                break;
            }
            if (Files.exists(socket)
                    && client.run(folder, java.util.Map.of(), "--addr", "unix://" + socket, "debug", "workers")
                                    .exit()
                            == 0) {
                return new BuildKitServer(process, socket);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        process.destroyForcibly();
        return Assertions.fail("buildkitd did not start:\n" + Files.readString(log));
    }

    public String address() {
        return "unix://" + socket;
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.resolveSibling("s.lock"));
            Files.deleteIfExists(socket.getParent());
        } catch (InterruptedException | java.io.IOException e) {
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
