package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A staging and a production layout, keys, and images with real evidence on them. */
final class Staging {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final ImageStores STORES = reference -> LayoutStore.open((LayoutReference) reference);

    final SigningKey release = SoftwareKey.generate();
    final SigningKey stranger = SoftwareKey.generate();
    final Path folder;
    final LayoutStore store;

    Staging(Path folder) throws AirworthyException {
        this.folder = folder;
        this.store = LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve("staging/app")));
    }

    /** An image at a tag, with nothing attached. */
    Manifest image(String tag, String content) throws AirworthyException, InterruptedException {
        Manifest image = Samples.image(store, "linux/amd64", content);
        store.tag(tag, image);
        return image;
    }

    Descriptor sign(Manifest image, SigningKey key) throws AirworthyException, InterruptedException {
        return attach(image, EvidenceWriter.signatureOf(subject(image), Optional.of(seen(NOW))), key);
    }

    Descriptor tests(Manifest image, TestResult.Outcome outcome, Instant at, SigningKey key)
            throws AirworthyException, InterruptedException {
        boolean passed = outcome == TestResult.Outcome.PASSED;
        TestResult result = new TestResult(
                "junit",
                outcome,
                passed ? List.of("starts") : List.of(),
                List.of(),
                passed ? List.of() : List.of("starts"),
                List.of(new TestResult.Configuration("junit.xml", Optional.empty())));
        return attach(image, result.toStatement(subject(image), seen(at)), key);
    }

    Descriptor attach(Manifest image, Statement statement, SigningKey key)
            throws AirworthyException, InterruptedException {
        return EvidenceWriter.attach(store, image.descriptor(), statement, new KeySigner(key), CLOCK);
    }

    static Subject subject(Manifest image) {
        return new Subject(Optional.of("app"), image.digest());
    }

    static Observation seen(Instant at) {
        return new Observation(Observer.BUILD_AGENT, at);
    }

    ImageReference staged(String tag) throws AirworthyException {
        return ImageReference.parse("oci:" + folder.resolve("staging/app") + ":" + tag);
    }

    ImageReference production(String tag) throws AirworthyException {
        return ImageReference.parse("oci:" + folder.resolve("production/app") + ":" + tag);
    }

    LayoutStore productionStore() throws AirworthyException {
        return LayoutStore.open((LayoutReference) production("x"));
    }

    List<TrustedKey> keys() {
        return List.of(new TrustedKey("release", release.publicKey()));
    }

    /** A policy that asks for a signature and passed tests, and more if told. */
    Policy policy(String... more) throws AirworthyException {
        return policyIn("enforce", more);
    }

    Policy policyIn(String mode, String... more) throws AirworthyException {
        String yaml =
                """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  mode: %s
                  trust: {keys: [release], observed: build-agent}
                  images:
                    - {from: "oci:%s/staging/{app}", to: "oci:%s/production/{app}"}
                  without:
                    - {rule: vulnerabilities, reason: no scanner runs here}
                  checklist:
                    - signature: {threshold: 1}
                    - tests: {minimum: 1, failures: 0}
                %s
                """.formatted(mode, folder, folder, String.join("\n", more).indent(4));
        return Policy.parse(yaml.getBytes(UTF_8), "production.yaml");
    }

    Judged verify(String tag) throws AirworthyException, InterruptedException {
        return new Gate(STORES, CLOCK)
                .verify(new VerifyRequest(staged(tag), Optional.empty(), policy(), keys()), Progress.SILENT);
    }

    Promotion promote(String tag) throws AirworthyException, InterruptedException {
        return promote(STORES, request(tag, policy()));
    }

    Promotion promote(ImageStores stores, PromoteRequest request) throws AirworthyException, InterruptedException {
        return new Gate(stores, CLOCK).promote(request, Progress.SILENT);
    }

    PromoteRequest request(String tag, Policy policy) throws AirworthyException {
        return request(tag, policy, tag);
    }

    PromoteRequest request(String tag, Policy policy, String as) throws AirworthyException {
        return new PromoteRequest(
                staged(tag),
                production(as),
                policy,
                keys(),
                Optional.of(new KeySigner(release)),
                "https://jenkins.example.com/",
                Observer.BUILD_AGENT);
    }
}
