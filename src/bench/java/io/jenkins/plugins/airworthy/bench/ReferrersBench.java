package io.jenkins.plugins.airworthy.bench;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.credential.DockerConfig;
import io.jenkins.plugins.airworthy.image.store.CachingStore;
import io.jenkins.plugins.airworthy.image.store.DigestCache;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.tools.RegistryServer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a verdict costs when very much is attached to an image: whether it grows with the number and no faster, beside
 * cosign reading the same, on a registry with and on one without the referrers API.
 */
final class ReferrersBench {
    private static final List<Integer> NUMBERS = List.of(20, 50, 100, 200, 500, 2_000);
    private static final int ROUNDS = 3;

    /** How many statements are judged before any time is taken. */
    private static final int WARM_UP = 4_000;

    private static final String COLD = "cold";
    private static final String WARM = "warm";
    private static final String PEER = "cosign verify";

    private final Path folder;
    private final Shell shell;

    ReferrersBench(Path folder) {
        this.folder = folder;
        this.shell = new Shell(folder);
    }

    void run() throws Exception {
        shell.airworthy(List.of(), "key", "generate", "--output", "bench");
        Files.writeString(folder.resolve("structure.yaml"), """
                schemaVersion: 2.0.0
                fileExistenceTests:
                  - {name: is there, path: /file, shouldExist: true}
                """);
        Path without = Files.createDirectories(folder.resolve("without"));
        try (RegistryServer registry = RegistryServer.distribution(without)) {
            on(registry, "docker-registry, a tag as the list");
        }
        Path with = Files.createDirectories(folder.resolve("with"));
        try (RegistryServer registry = RegistryServer.withReferrersApi(with)) {
            on(registry, "go-containerregistry's registry, referrers API");
        }
    }

    private void on(RegistryServer registry, String name) throws Exception {
        Files.writeString(folder.resolve("tested.yaml"), BenchPolicy.signedAndTested(registry.host()));
        System.out.printf("## Verdict over many referrers: %s%n%n", name);
        System.out.println(
                "| referrers | warm s | warm ms a referrer | warm CPU ms a referrer | cold s | requests cold, warm"
                        + " | cosign verify s | cosign / warm |");
        System.out.println("|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (int number : NUMBERS) {
            measure(prepare(registry.host(), number), number);
        }
        System.out.println();
    }

    private String prepare(String host, int number) throws Exception {
        String image = host + "/staging/app" + number + ":1";
        Path file = Files.writeString(folder.resolve("file"), "image with " + number);
        shell.airworthy(List.of(), "build", "--base", "scratch", "--file", file + ":/file", "--to", image);
        shell.airworthy(List.of(), "test", image, "--structure", "structure.yaml", "--key", "bench.key");
        shell.airworthy(List.of(), "sign", image, "--key", "bench.key");
        SigningKey key = KeyFiles.readPrivate(folder.resolve("bench.key"), what -> "bench".toCharArray());
        try (ImageStore store = stores(new AtomicInteger()).open(ImageReference.parse(image))) {
            Descriptor described = store.resolve("1").orElseThrow();
            AttachedMany.to(store, described, number, new KeySigner(key), new TrustedKey("release", key.publicKey()));
        }
        return image;
    }

    private static ImageStores stores(AtomicInteger requests) throws Exception {
        return RegistryStores.any(
                List.of(),
                DockerConfig.ofThisUser(System.getenv()),
                (method, host, path) -> requests.incrementAndGet());
    }

    private void measure(String image, int number) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        ImageStores registries = stores(requests);
        Policy policy = Policy.parse(Files.readAllBytes(folder.resolve("tested.yaml")), "tested.yaml");
        TrustedKey key = new TrustedKey("release", KeyFiles.readPublic(folder.resolve("bench.pub")));
        VerifyRequest request = new VerifyRequest(ImageReference.parse(image), Optional.empty(), policy, List.of(key));
        DigestCache cache = new DigestCache(DigestCache.USUAL_BYTES);
        Gate warm = gate(registries, cache);
        verdict(warm, request);
        int cold = requests.getAndSet(0);
        verdict(warm, request);
        int cached = requests.get();
        for (int i = 0; i < WARM_UP / number; i++) {
            verdict(warm, request);
        }
        double processor = processorTime(warm, request, Math.max(2, WARM_UP / 2 / number)) * 1000 / number;
        Map<String, Timing.Work> contestants = new LinkedHashMap<>();
        contestants.put(WARM, () -> verdict(warm, request));
        contestants.put(COLD, () -> verdict(gate(registries, new DigestCache(DigestCache.USUAL_BYTES)), request));
        contestants.put(
                PEER, () -> shell.tool("cosign", "verify", "--key", "bench.pub", "--insecure-ignore-tlog=true", image));
        Timing timing = Timing.compare(ROUNDS, () -> {}, contestants);
        System.out.printf(
                Locale.ROOT,
                "| %,d | %.3f | %.2f | %.2f | %.3f | %,d, %,d | %.2f | %.1f |%n",
                number,
                timing.median(WARM),
                timing.median(WARM) * 1000 / number,
                processor,
                timing.median(COLD),
                cold,
                cached,
                timing.median(PEER),
                timing.median(PEER) / timing.median(WARM));
    }

    /** Seconds of all cores for one verdict, which a busy machine does not change as it does the time that passes. */
    private static double processorTime(Gate gate, VerifyRequest request, int verdicts) throws Exception {
        Duration before = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        for (int i = 0; i < verdicts; i++) {
            verdict(gate, request);
        }
        Duration after = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return after.minus(before).toNanos() / 1e9 / verdicts;
    }

    private static Gate gate(ImageStores registries, DigestCache cache) {
        return new Gate(reference -> new CachingStore(registries.open(reference), cache, ""), Clock.systemUTC());
    }

    private static void verdict(Gate gate, VerifyRequest request) throws Exception {
        if (!gate.verify(request, Progress.SILENT).verdict().passed()) {
            throw new IllegalStateException("the image was refused");
        }
    }
}
