package io.jenkins.plugins.airworthy.bench;

import io.jenkins.plugins.airworthy.tools.Guards;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.TlsServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        TlsServer.Authority authority = new TlsServer.Authority("bench");
        Files.writeString(folder.resolve("ca.pem"), authority.pem());
        String address = address();
        String certificate = authority.server(TlsServer.keys(), address);
        try (RegistryServer from = RegistryServer.distribution(staging);
                RegistryServer guarded = Guards.tls(staging, from, certificate)) {
            String image = from.host() + "/staging/big:1";
            prepare(image);
            across("", image, new Target(folder.resolve("production"), Optional.empty()));
            across(
                    ", TLS on both sides",
                    address + ":" + guarded.port() + "/staging/big:1",
                    new Target(folder.resolve("production"), Optional.of(new Tls(address, certificate))));
            withinOneRegistry(from, image);
        }
    }

    /** An address of this machine other than loopback, to which TLS is spoken. */
    private static String address() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow();
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

    private void across(String how, String image, Target target) throws Exception {
        Running running = new Running(folder);
        Map<String, Timing.Work> contestants = new LinkedHashMap<>();
        contestants.put("crane copy", () -> shell.tool("crane", "copy", image, target.host() + "/production/big:1"));
        contestants.put(
                "skopeo copy",
                () -> shell.tool(
                        "skopeo",
                        "copy",
                        "--src-tls-verify=" + !how.isEmpty(),
                        "--dest-tls-verify=" + !how.isEmpty(),
                        "--preserve-digests",
                        "docker://" + image,
                        "docker://" + target.host() + "/production/big:1"));
        contestants.put(
                "airworthy promote (-Xmx64m; verifies the signature too)",
                () -> promote(SMALL, image, target.host() + "/production/big"));
        Path archive = folder.resolve("airworthy.jsa");
        contestants.put(
                "the same, with a class archive",
                () -> promote(
                        List.of(
                                "-Xmx64m",
                                Files.exists(archive)
                                        ? "-XX:SharedArchiveFile=" + archive
                                        : "-XX:ArchiveClassesAtExit=" + archive),
                        image,
                        target.host() + "/production/big"));
        contestants.put(
                "airworthy promote, in a process that did it before",
                () -> running.promote(image, target.host() + "/production/big:1"));
        System.out.printf(
                "%n## Promotion of a %d MB image in %d layers to another, empty registry%s%n%n",
                megabytes, LAYERS, how);
        try (target) {
            Timing.compare(ROUNDS, target::restartEmpty, contestants).print("crane copy");
        }
    }

    private void withinOneRegistry(RegistryServer from, String image) throws Exception {
        int[] round = {0};
        Map<String, Timing.Work> contestants = new LinkedHashMap<>();
        contestants.put(
                "airworthy promote (-Xmx64m)",
                () -> promote(SMALL, image, from.host() + "/production/mounted" + round[0]));
        contestants.put(
                "crane copy",
                () -> shell.tool("crane", "copy", image, from.host() + "/production/mounted" + round[0] + ":1"));
        System.out.println("## Promotion within one registry (blobs are mounted, none is moved)");
        System.out.println();
        Timing.compare(ROUNDS, () -> round[0]++, contestants).print("crane copy");
    }

    private void promote(List<String> java, String image, String target) throws Exception {
        String repository = image.substring(0, image.lastIndexOf(':'));
        Files.writeString(folder.resolve("signed.yaml"), BenchPolicy.signedOnly(repository, target));
        List<String> arguments = new ArrayList<>(
                List.of("promote", image, target + ":1", "--policy", "signed.yaml", "--trust", "release=bench.pub"));
        for (String each : List.of(image, target)) {
            String host = each.substring(0, each.indexOf('/'));
            if (!host.startsWith("localhost")) {
                arguments.addAll(List.of("--registry-ca", host + "=ca.pem"));
            }
        }
        shell.airworthy(java, arguments.toArray(String[]::new));
    }

    /** What stands before a registry. */
    private record Tls(String address, String certificate) {}

    /** The registry that is promoted to, emptied before each measurement. */
    private static final class Target implements AutoCloseable {
        private final Path folder;
        private final Optional<Tls> tls;
        private Optional<RegistryServer> server = Optional.empty();
        private Optional<RegistryServer> guard = Optional.empty();

        Target(Path folder, Optional<Tls> tls) {
            this.folder = folder;
            this.tls = tls;
        }

        String host() {
            return tls.isEmpty()
                    ? server.orElseThrow().host()
                    : tls.get().address() + ":" + guard.orElseThrow().port();
        }

        void restartEmpty() throws Exception {
            close();
            delete(folder);
            server = Optional.of(RegistryServer.distribution(Files.createDirectories(folder)));
            if (tls.isPresent()) {
                guard = Optional.of(Guards.tls(folder, server.get(), tls.get().certificate()));
            }
        }

        @Override
        public void close() {
            guard.ifPresent(RegistryServer::close);
            server.ifPresent(RegistryServer::close);
            guard = Optional.empty();
            server = Optional.empty();
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
