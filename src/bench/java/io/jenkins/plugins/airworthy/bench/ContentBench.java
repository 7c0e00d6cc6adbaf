package io.jenkins.plugins.airworthy.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.store.CachingStore;
import io.jenkins.plugins.airworthy.image.store.DigestCache;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.tools.RegistryServer;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What it costs to look into a bill of materials of 20,000 packages: a verdict in a running process that only asks for the document,
 * and the same with an expression or a rule about its packages. Beside them cosign, which verifies the same attestation, without
 * and with a condition in Rego.
 */
final class ContentBench {
    private static final int PACKAGES = 20_000;
    private static final int ROUNDS = 11;
    private static final int WARM_UP = 30;
    private static final String PLAIN = "verdict that asks for the bill only";
    private static final String LIST = "\n    - ";
    private static final String LOOKED_UP =
            "expression: {id: looked-up, cel: \"packages.of('pkg:maven/log4j/log4j').size() == 0\", message: none of it}";
    private static final String EACH =
            "expression: {id: each, cel: \"packages.all(p, p.version != '0')\", message: none of it}";
    private static final String RULE = "packages: {deny: [\"pkg:maven/log4j/log4j\"]}";

    private final Path folder;
    private final Shell shell;
    private final SoftwareKey key = SoftwareKey.generate();

    ContentBench(Path folder) {
        this.folder = folder;
        this.shell = new Shell(folder);
    }

    void run() throws Exception {
        try (RegistryServer registry = RegistryServer.distribution(Files.createDirectories(folder.resolve("data")))) {
            ImageReference image = ImageReference.parse(registry.host() + "/staging/app:1");
            int bytes = push(image);
            System.out.printf(
                    "## Verdict over a bill of materials of %,d packages, %.1f MB, -Xmx%d MB, registry on loopback%n%n",
                    PACKAGES, bytes / 1e6, Runtime.getRuntime().maxMemory() >> 20);
            compare(image, registry.host());
        }
    }

    private int push(ImageReference reference) throws Exception {
        try (ImageStore store = stores().open(reference)) {
            ImageManifest image = Samples.image(store, "linux/amd64", "of many packages");
            store.tag("1", image);
            Subject subject = new Subject(Optional.empty(), image.digest());
            Optional<Observation> seen = Optional.of(new Observation(Observer.BUILD_AGENT, Instant.now()));
            ObjectNode bill = bill();
            for (Statement statement : List.of(
                    EvidenceWriter.signatureOf(subject, Optional.empty()),
                    new Statement(subject, seen, PredicateTypes.CYCLONEDX, bill))) {
                EvidenceWriter.attach(store, image.descriptor(), statement, new KeySigner(key), Clock.systemUTC());
            }
            return StrictJson.write(bill).length;
        }
    }

    /** As large as Trivy writes them: some 250 bytes for a package. */
    private static ObjectNode bill() {
        ObjectNode document = StrictJson.object().put("bomFormat", "CycloneDX").put("specVersion", "1.6");
        ArrayNode components = document.putArray("components");
        for (int i = 0; i < PACKAGES; i++) {
            String url = "pkg:maven/org.example.group" + i % 100 + "/library-" + i + "@1.2." + i;
            ObjectNode component = components
                    .addObject()
                    .put("bom-ref", url)
                    .put("type", "library")
                    .put("group", "org.example.group" + i % 100)
                    .put("name", "library-" + i)
                    .put("version", "1.2." + i)
                    .put("purl", url);
            component.putArray("licenses").addObject().putObject("license").put("id", "Apache-2.0");
        }
        return document;
    }

    private void compare(ImageReference image, String host) throws Exception {
        Files.write(folder.resolve("bench.pub"), key.publicKey().pem().getBytes(StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("none.rego"), """
                package signature
                default allow = false
                allow { not denied }
                denied { startswith(input.predicate.components[_].purl, "pkg:maven/log4j/log4j@") }
                """);
        Map<String, Timing.Work> contestants = new LinkedHashMap<>();
        contestants.put(PLAIN, verdict(image, host, ""));
        contestants.put("the same, and an expression that looks a package up", verdict(image, host, LIST + LOOKED_UP));
        contestants.put("the same, and an expression about each package", verdict(image, host, LIST + EACH));
        contestants.put("the same, and the rule packages", verdict(image, host, LIST + RULE));
        contestants.put("cosign verify-attestation", () -> cosign(image));
        contestants.put(
                "cosign verify-attestation, and a condition in Rego", () -> cosign(image, "--policy", "none.rego"));
        Timing.compare(ROUNDS, () -> {}, contestants).print(PLAIN);
        System.out.printf("Most heap in use: %d MB.%n%n", mostHeap() >> 20);
    }

    private Timing.Work verdict(ImageReference image, String host, String more) throws Exception {
        String text = BenchPolicy.listed(host).replace("{format: cyclonedx}", "{format: cyclonedx}" + more);
        Policy policy = Policy.parse(text.getBytes(StandardCharsets.UTF_8), "listed.yaml");
        VerifyRequest request =
                new VerifyRequest(image, Optional.empty(), policy, List.of(new TrustedKey("release", key.publicKey())));
        ImageStores registries = stores();
        DigestCache cache = new DigestCache(DigestCache.USUAL_BYTES);
        Gate gate = new Gate(reference -> new CachingStore(registries.open(reference), cache, ""), Clock.systemUTC());
        Timing.Work work = () -> {
            if (!gate.verify(request, Progress.SILENT).verdict().passed()) {
                throw new IllegalStateException("the image was refused");
            }
        };
        for (int i = 0; i < WARM_UP; i++) {
            work.run();
        }
        return work;
    }

    private void cosign(ImageReference image, String... more) throws Exception {
        String[] first = {
            "verify-attestation", "--key", "bench.pub", "--insecure-ignore-tlog=true", "--type", "cyclonedx"
        };
        String[] all = new String[first.length + more.length + 1];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        all[all.length - 1] = image.toString();
        shell.tool("cosign", all);
    }

    private static long mostHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(ContentBench::peak)
                .sum();
    }

    private static long peak(MemoryPoolMXBean pool) {
        return pool.getPeakUsage().getUsed();
    }

    private static ImageStores stores() throws Exception {
        return RegistryStores.any(List.of(), CredentialSource.ANONYMOUS, RequestListener.NONE);
    }
}
