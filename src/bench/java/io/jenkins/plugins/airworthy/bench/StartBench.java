package io.jenkins.plugins.airworthy.bench;

import io.jenkins.plugins.airworthy.tools.RegistryServer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cold start: one signature verified by a new process, by the launcher with and without its class archive, beside cosign. */
final class StartBench {
    private static final int ROUNDS = 20;
    private static final String PEER = "cosign verify, registry on loopback";

    private final Path folder;
    private final Shell shell;

    StartBench(Path folder) {
        this.folder = folder;
        this.shell = new Shell(folder);
    }

    void run() throws Exception {
        Path data = Files.createDirectories(folder.resolve("registry"));
        try (RegistryServer registry = RegistryServer.distribution(data)) {
            String image = registry.host() + "/staging/app:1";
            String layout = "oci:staging/app:1";
            String host = registry.host();
            Files.writeString(
                    folder.resolve("registry.yaml"),
                    BenchPolicy.signedOnly(host + "/staging/{app}", host + "/production/{app}"));
            Files.writeString(
                    folder.resolve("layout.yaml"), BenchPolicy.signedOnly("oci:staging/{app}", "oci:production/{app}"));
            shell.airworthy(List.of(), "key", "generate", "--output", "bench");
            for (String one : List.of(image, layout)) {
                shell.airworthy(List.of(), "build", "--base", "scratch", "--file", "layout.yaml:/", "--to", one);
                shell.airworthy(List.of(), "sign", one, "--key", "bench.key");
            }
            Path nothing = Files.createDirectory(folder.resolve("no-archive"));
            Path prepared = Files.createDirectory(folder.resolve("prepared"));
            launched(prepared, "airworthy-prepare");

            System.out.println("## Verdict over one signature in a new process");
            System.out.println();
            Map<String, Timing.Work> contestants = new LinkedHashMap<>();
            contestants.put(
                    PEER,
                    () -> shell.tool("cosign", "verify", "--key", "bench.pub", "--insecure-ignore-tlog=true", image));
            contestants.put("airworthy verify, registry, prepared", () -> verify(prepared, image));
            contestants.put("airworthy verify, layout, prepared", () -> verify(prepared, layout));
            contestants.put("the same, not prepared", () -> verify(nothing, layout));
            contestants.put(
                    "the same, java -jar",
                    () -> shell.airworthy(
                            List.of(), "verify", layout, "--policy", "layout.yaml", "--trust", "release=bench.pub"));
            contestants.put("airworthy --version, prepared", () -> launched(prepared, "airworthy", "--version"));
            Timing.compare(ROUNDS, () -> {}, contestants).print(PEER);
        }
    }

    private void verify(Path cache, String image) throws Exception {
        String policy = image.startsWith("oci:") ? "layout.yaml" : "registry.yaml";
        launched(cache, "airworthy", "verify", image, "--policy", policy, "--trust", "release=bench.pub");
    }

    private void launched(Path cache, String program, String... arguments) throws Exception {
        Path tree =
                Path.of(System.getProperty("airworthy.cli")).toAbsolutePath().resolveSibling("airworthy");
        List<String> command = new ArrayList<>(List.of(
                "env",
                "JAVA_HOME=" + System.getProperty("java.home"),
                "XDG_CACHE_HOME=" + cache,
                tree.resolve("bin").resolve(program).toString()));
        command.addAll(List.of(arguments));
        shell.run(command);
    }
}
