package io.jenkins.plugins.airworthy.bench;

import io.jenkins.plugins.airworthy.tools.RegistryServer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Promotes a large image to an empty registry, and within one registry, beside crane and skopeo. */
final class PromotionBench {
    private static final int LAYERS = 4;
    private static final int ROUNDS = 3;
    private static final int CHUNK = 1 << 20;
    private static final List<String> SMALL = List.of("-Xmx64m");

    private final Path folder;
    private final Shell shell;
    private final int megabytes;

    PromotionBench(Path folder, int megabytes) {
        this.folder = folder;
        this.shell = new Shell(folder);
        this.megabytes = megabytes;
    }

    void run() throws Exception {
        Path staging = Files.createDirectories(folder.resolve("staging"));
        try (RegistryServer from = RegistryServer.distribution(staging)) {
            String image = from.host() + "/staging/big:1";
            prepare(image);
            acrossRegistries(image);
            withinOneRegistry(from, image);
        }
    }

    private void prepare(String image) throws Exception {
        List<String> build = new ArrayList<>(List.of("build", "--base", "scratch", "--to", image));
        Random random = new Random(1);
        for (int layer = 0; layer < LAYERS; layer++) {
            Path file = folder.resolve("layer" + layer);
            byte[] chunk = new byte[CHUNK];
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int i = 0; i < megabytes / LAYERS; i++) {
                    random.nextBytes(chunk); // cannot be compressed
                    out.write(chunk);
                }
            }
            build.addAll(List.of("--file", file + ":/data/layer" + layer));
        }
        shell.airworthy(List.of(), "key", "generate", "--output", "bench");
        shell.airworthy(List.of(), build.toArray(String[]::new));
        shell.airworthy(List.of(), "sign", image, "--key", "bench.key");
    }

    private void acrossRegistries(String image) throws Exception {
        Path production = folder.resolve("production");
        Target target = new Target(production);
        Map<String, Timing.Work> contestants = new LinkedHashMap<>();
        contestants.put(
                "airworthy promote (-Xmx64m; verifies the signature too)",
                () -> promote(image, target.host() + "/production/big"));
        contestants.put("crane copy", () -> shell.tool("crane", "copy", image, target.host() + "/production/big:1"));
        contestants.put(
                "skopeo copy",
                () -> shell.tool(
                        "skopeo",
                        "copy",
                        "--src-tls-verify=false",
                        "--dest-tls-verify=false",
                        "--preserve-digests",
                        "docker://" + image,
                        "docker://" + target.host() + "/production/big:1"));
        System.out.printf(
                "%n## Promotion of a %d MB image in %d layers to another, empty registry%n%n", megabytes, LAYERS);
        try (target) {
            Timing.compare(ROUNDS, target::restartEmpty, contestants).print("crane copy");
        }
    }

    private void withinOneRegistry(RegistryServer from, String image) throws Exception {
        int[] round = {0};
        Map<String, Timing.Work> contestants = new LinkedHashMap<>();
        contestants.put(
                "airworthy promote (-Xmx64m)", () -> promote(image, from.host() + "/production/mounted" + round[0]));
        contestants.put(
                "crane copy",
                () -> shell.tool("crane", "copy", image, from.host() + "/production/mounted" + round[0] + ":1"));
        System.out.println("## Promotion within one registry (blobs are mounted, none is moved)");
        System.out.println();
        Timing.compare(ROUNDS, () -> round[0]++, contestants).print("crane copy");
    }

    private void promote(String image, String target) throws Exception {
        String repository = image.substring(0, image.lastIndexOf(':'));
        Files.writeString(folder.resolve("signed.yaml"), BenchPolicy.signedOnly(repository, target));
        shell.airworthy(
                SMALL, "promote", image, target + ":1", "--policy", "signed.yaml", "--key", "release=bench.pub");
    }

    /** The registry that is promoted to, emptied before each measurement. */
    private static final class Target implements AutoCloseable {
        private final Path folder;
        private RegistryServer server;

        Target(Path folder) {
            this.folder = folder;
        }

        String host() {
            return server.host();
        }

        void restartEmpty() throws Exception {
            close();
            delete(folder);
            server = RegistryServer.distribution(Files.createDirectories(folder));
        }

        @Override
        public void close() {
            if (server != null) {
                server.close();
            }
        }

        private static void delete(Path folder) throws IOException {
            if (!Files.exists(folder)) {
                return;
            }
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}
