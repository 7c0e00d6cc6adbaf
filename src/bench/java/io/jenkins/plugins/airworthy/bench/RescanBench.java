package io.jenkins.plugins.airworthy.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.credential.DockerConfig;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.tools.RegistryServer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a verdict costs when an image was scanned every night: vulnerabilities and two SBOMs each time, of an image with some
 * thousand packages. Beside it a verdict over the scan of one day. On each kind of list: at a tag, by a registry that tells annotations
 * in it, and by one that does not.
 */
final class RescanBench {
    private static final List<Integer> NIGHTS = List.of(1, 365, 700);
    /** Large enough that their size would be seen; what is not read costs the same whatever its size. */
    private static final int PACKAGES = Integer.getInteger("airworthy.bench.packages", 4_000);
    /** How many referrers are looked at before any time is taken. */
    private static final int WARM_UP = 4_000;

    private static final int ROUNDS = 3;

    private final Path folder;
    private final SoftwareKey key = SoftwareKey.generate();

    RescanBench(Path folder) {
        this.folder = folder;
    }

    /** Starts a registry. */
    @FunctionalInterface
    private interface Start {
        RegistryServer in(Path folder) throws Exception;
    }

    void run() throws Exception {
        System.out.println("## Verdict over nightly scans: vulnerabilities, CycloneDX and SPDX each night");
        System.out.println();
        System.out.println("| list of referrers | nights | referrers | CPU s | CPU s more than one day's | s |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        run("at a tag", RegistryServer::distribution);
        run("API with annotations", RegistryServer::withAnnotatedReferrers);
        run("API without annotations", RegistryServer::withReferrersApi);
        System.out.println();
    }

    private void run(String list, Start start) throws Exception {
        double day = 0;
        for (int nights : NIGHTS) {
            Path data = Files.createDirectories(folder.resolve(list.replace(' ', '-') + "-" + nights));
            try (RegistryServer registry = start.in(data)) {
                ImageReference image = ImageReference.parse(registry.host() + "/staging/app:1");
                scan(image, nights);
                double[] cost = cost(image, registry.host(), 3 * nights + 1);
                day = nights == 1 ? cost[0] : day;
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %,d | %.3f | %.3f | %.3f |%n",
                        list,
                        nights,
                        3 * nights + 1,
                        cost[0],
                        cost[0] - day,
                        cost[1]);
            }
        }
    }

    private void scan(ImageReference reference, int nights) throws Exception {
        try (ImageStore registry = stores().open(reference)) {
            Collecting store = new Collecting(registry);
            ImageManifest image = Samples.image(store, "linux/amd64", "scanned every night");
            store.tag("1", image);
            Instant now = Instant.now();
            Subject subject = new Subject(Optional.empty(), image.digest());
            attach(store, image, EvidenceWriter.signatureOf(subject, Optional.empty()), now);
            ObjectNode cyclonedx = bom(StrictJson.object().put("bomFormat", "CycloneDX"), "components");
            ObjectNode spdx = bom(StrictJson.object().put("spdxVersion", "SPDX-2.3"), "packages");
            for (int night = nights - 1; night >= 0; night--) {
                Instant at = now.minus(Duration.ofDays(night)).minusSeconds(60);
                Optional<Observation> seen = Optional.of(new Observation(Observer.BUILD_AGENT, at));
                Statement scan = Scan.of(image)
                        .packages(4 * PACKAGES)
                        .parameter("databaseUpdatedAt", at.toString())
                        .finishedAt(at)
                        .observedAt(at)
                        .statement();
                attach(store, image, scan, at);
                attach(store, image, new Statement(subject, seen, PredicateTypes.CYCLONEDX, cyclonedx), at);
                attach(store, image, new Statement(subject, seen, PredicateTypes.SPDX, spdx), at);
            }
            registry.putManifests(store.manifests);
        }
    }

    /** Lists what is attached once, at the end, where each night would have done it. */
    private static final class Collecting extends PassingStore {
        private final List<Manifest> manifests = new ArrayList<>();

        private Collecting(ImageStore registry) {
            super(registry);
        }

        @Override
        public void putManifest(Manifest manifest) throws AirworthyException, InterruptedException {
            if (manifest.subject().isPresent()) {
                manifests.add(manifest);
            } else {
                super.putManifest(manifest);
            }
        }
    }

    private void attach(ImageStore store, ImageManifest image, Statement statement, Instant at) throws Exception {
        EvidenceWriter.attach(
                store, image.descriptor(), statement, new KeySigner(key), Clock.fixed(at, ZoneOffset.UTC));
    }

    private static ObjectNode bom(ObjectNode document, String list) {
        ArrayNode entries = document.putArray(list);
        for (int i = 0; i < PACKAGES; i++) {
            entries.addObject()
                    .put("name", "org.example:library-" + i)
                    .put("version", "1.2." + i)
                    .put("purl", "pkg:maven/org.example/library-" + i + "@1.2." + i)
                    .put("licence", "Apache-2.0");
        }
        return document;
    }

    /** Seconds of all cores, and seconds that pass, for one verdict with nothing cached in a process that made some. */
    private double[] cost(ImageReference image, String host, int referrers) throws Exception {
        Policy policy = Policy.parse(BenchPolicy.scannedNightly(host).getBytes(StandardCharsets.UTF_8), "nightly.yaml");
        VerifyRequest request =
                new VerifyRequest(image, Optional.empty(), policy, List.of(new TrustedKey("release", key.publicKey())));
        for (int i = 0; i < Math.max(2, Math.min(300, WARM_UP / referrers)); i++) {
            verdict(request);
        }
        List<Double> processor = new ArrayList<>();
        List<Double> passed = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long began = System.nanoTime();
            Duration before = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
            verdict(request);
            Duration after = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
            processor.add(after.minus(before).toNanos() / 1e9);
            passed.add((System.nanoTime() - began) / 1e9);
        }
        return new double[] {median(processor), median(passed)};
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void verdict(VerifyRequest request) throws Exception {
        if (!new Gate(stores(), Clock.systemUTC())
                .verify(request, Progress.SILENT)
                .verdict()
                .passed()) {
            throw new IllegalStateException("the image was refused");
        }
    }

    private static ImageStores stores() throws Exception {
        return RegistryStores.any(List.of(), DockerConfig.ofThisUser(System.getenv()), (method, host, path) -> {});
    }
}
