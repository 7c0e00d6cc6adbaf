package io.jenkins.plugins.airworthy.bench;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.credential.DockerConfig;
import io.jenkins.plugins.airworthy.image.store.CachingStore;
import io.jenkins.plugins.airworthy.image.store.DigestCache;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.tools.RegistryServer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A verdict over an image with a signature and five attestations, beside cosign verifying the same six. */
final class VerdictBench {
    private static final int ROUNDS = 11;
    private static final int WARM_UP = 200;
    private static final int WARM_VERDICTS = 50;
    private static final int EVIDENCE = 6;
    private static final String PEER = "cosign verify and five times cosign verify-attestation";
    private static final List<String> COSIGN_TYPES = List.of(
            "slsaprovenance1", "https://in-toto.io/attestation/test-result/v0.1", "vuln", "cyclonedx", "spdxjson");

    private final Path folder;
    private final Shell shell;

    VerdictBench(Path folder) {
        this.folder = folder;
        this.shell = new Shell(folder);
    }

    void run() throws Exception {
        Path data = Files.createDirectories(folder.resolve("registry"));
        try (RegistryServer registry = RegistryServer.distribution(data)) {
            String image = registry.host() + "/staging/app:1";
            prepare(registry, image);
            System.out.println("## Verdict over a signature and five attestations, registry on loopback");
            System.out.println();
            compare(image);
        }
    }

    private void prepare(RegistryServer registry, String image) throws Exception {
        Files.writeString(folder.resolve("structure.yaml"), """
                schemaVersion: 2.0.0
                fileExistenceTests:
                  - {name: has users, path: /etc/passwd, shouldExist: true}
                """);
        Files.writeString(folder.resolve("whole.yaml"), BenchPolicy.fiveAttestations(registry.host()));
        Path files = Path.of("src/demo/base").toAbsolutePath();
        shell.airworthy(List.of(), "key", "generate", "--output", "bench");
        shell.airworthy(
                List.of(), "build", "--base", "scratch", "--file", files + ":/", "--to", image, "--key", "bench.key");
        shell.airworthy(List.of(), "test", image, "--structure", "structure.yaml", "--key", "bench.key");
        shell.airworthy(
                List.of(),
                "scan",
                image,
                "--cache",
                copyOfDatabase().toString(),
                "--offline",
                "--trivy",
                shell.find("trivy"),
                "--key",
                "bench.key");
        shell.airworthy(List.of(), "sign", image, "--key", "bench.key");
    }

    private Path copyOfDatabase() throws Exception {
        Path cache = folder.resolve("trivy-cache");
        Path database = Path.of("src/demo/trivy-db").toAbsolutePath();
        for (String file :
                List.of("db/trivy.db", "db/metadata.json", "java-db/trivy-java.db", "java-db/metadata.json")) {
            Files.createDirectories(cache.resolve(file).getParent());
            Files.copy(database.resolve(file), cache.resolve(file));
        }
        return cache;
    }

    private void compare(String image) throws Exception {
        Path archive = folder.resolve("airworthy.jsa");
        verify(List.of("-XX:ArchiveClassesAtExit=" + archive), image);
        AtomicInteger requests = new AtomicInteger();
        Warm warm = new Warm(image, requests);
        warm.verdicts(1);
        int cold = requests.getAndSet(0);
        warm.verdicts(1);
        int cached = requests.get();
        warm.verdicts(WARM_UP);

        Map<String, Timing.Work> contestants = new LinkedHashMap<>();
        contestants.put(PEER, () -> cosign(image));
        contestants.put("airworthy verify, new process", () -> verify(List.of(), image));
        contestants.put("the same, -Xmx64m", () -> verify(List.of("-Xmx64m"), image));
        contestants.put("the same, -XX:TieredStopAtLevel=1", () -> verify(List.of("-XX:TieredStopAtLevel=1"), image));
        contestants.put(
                "the same, and class data sharing",
                () -> verify(
                        List.of("-XX:SharedArchiveFile=" + archive, "-XX:TieredStopAtLevel=1", "-Xshare:auto"), image));
        contestants.put(WARM_VERDICTS + " verdicts in a running process", () -> warm.verdicts(WARM_VERDICTS));
        Timing timing = Timing.compare(ROUNDS, () -> {}, contestants);
        timing.print(PEER);
        double one = timing.median(WARM_VERDICTS + " verdicts in a running process") / WARM_VERDICTS;
        System.out.printf(
                "One verdict in a running process, content by digest cached: %.2f ms; cosign takes %.0f times as long.%n%n",
                one * 1000, timing.median(PEER) / one);
        System.out.printf(
                "HTTP requests of a verdict over E = %d evidence manifests: %d cold (bound 2E + 7 = %d), %d cached (bound 4). Two of them ask for cosign's older tags.%n%n",
                EVIDENCE, cold, 2 * EVIDENCE + 7, cached);
    }

    private void verify(List<String> options, String image) throws Exception {
        shell.airworthy(options, "verify", image, "--policy", "whole.yaml", "--trust", "release=bench.pub");
    }

    private void cosign(String image) throws Exception {
        shell.tool("cosign", "verify", "--key", "bench.pub", "--insecure-ignore-tlog=true", image);
        for (String type : COSIGN_TYPES) {
            shell.tool(
                    "cosign",
                    "verify-attestation",
                    "--key",
                    "bench.pub",
                    "--insecure-ignore-tlog=true",
                    "--type",
                    type,
                    image);
        }
    }

    /** The engine in this process, as a Jenkins controller would hold it. */
    private final class Warm {
        private final Gate gate;
        private final VerifyRequest request;

        Warm(String image, AtomicInteger requests) throws Exception {
            ImageStores registries = RegistryStores.any(
                    List.of(),
                    DockerConfig.ofThisUser(System.getenv()),
                    (method, host, path) -> requests.incrementAndGet());
            DigestCache cache = new DigestCache(DigestCache.USUAL_BYTES);
            this.gate =
                    new Gate(reference -> new CachingStore(registries.open(reference), cache, ""), Clock.systemUTC());
            Policy policy = Policy.parse(Files.readAllBytes(folder.resolve("whole.yaml")), "whole.yaml");
            VerificationKey key = VerificationKey.parse(Files.readAllBytes(folder.resolve("bench.pub")), "bench.pub");
            List<TrustedKey> keys = new ArrayList<>(List.of(new TrustedKey("release", key)));
            this.request = new VerifyRequest(ImageReference.parse(image), Optional.empty(), policy, keys);
        }

        void verdicts(int number) throws Exception {
            for (int i = 0; i < number; i++) {
                if (!gate.verify(request, Progress.SILENT).verdict().passed()) {
                    throw new IllegalStateException("the image was refused");
                }
            }
        }
    }
}
