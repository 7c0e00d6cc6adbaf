package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** Evidence that can have no say is not even fetched, and a verdict is the same as if it had been. */
class SelectedEvidenceTest {
    private static final int NIGHTS = 40;
    private static final String SCANNED = "- vulnerabilities: {maxAge: 24h, databaseMaxAge: 48h, deny: [CRITICAL]}";

    @TempDir
    private Path folder;

    private final AtomicInteger bundles = new AtomicInteger();
    private final AtomicInteger manifests = new AtomicInteger();
    private boolean silent;
    private Function<Descriptor, List<Descriptor>> listed = List::of;
    private Staging staging;
    private ImageManifest image;

    @BeforeEach
    void stage() throws Exception {
        staging = new Staging(folder);
        image = Samples.image(staging.store, "linux/amd64", "scanned every night");
        staging.store.tag("v1", image);
    }

    @Test
    void readsOnlyTheNewestScanOfFortyNights() throws Exception {
        nights(staging.release);
        assertThat(judged("build-agent", SCANNED).verdict().passed()).isTrue();
        assertThat(bundles).hasValue(1);
        assertThat(manifests).hasValue(1);
    }

    @Test
    void skipsTypeThatNoItemAsksFor() throws Exception {
        attach(bill(Staging.NOW), Staging.NOW, staging.release);
        scan(Staging.NOW, false, staging.release);
        assertThat(judged("build-agent", SCANNED).verdict().passed()).isTrue();
        assertThat(bundles).hasValue(1);
        assertThat(manifests).hasValue(1);
    }

    /** Some registries tell no annotations in their lists: the manifests have them. */
    @Test
    void readsManifestsAndOneScanWhenTheListTellsNothing() throws Exception {
        silent = true;
        nights(staging.release);
        assertThat(judged("build-agent", SCANNED).verdict().passed()).isTrue();
        assertThat(bundles).hasValue(1);
        assertThat(manifests).hasValue(NIGHTS);
    }

    /** Nothing but the record can tell the difference, and the command line has none. */
    @Test
    void missesFailedTestThatTheListCallsSomethingElse() throws Exception {
        tests(TestResult.Outcome.PASSED, Staging.NOW);
        Descriptor failed = tests(TestResult.Outcome.FAILED, Staging.NOW.minusSeconds(60));
        assertThat(told(judged("build-agent", "- tests: {minimum: 1, failures: 0}")))
                .contains("failed before it passed");
        listed = entry -> entry.digest().equals(failed.digest()) ? List.of() : List.of(entry);
        String without = told(judged("build-agent", "- tests: {minimum: 1, failures: 0}"));
        listed = entry -> List.of(entry.digest().equals(failed.digest()) ? called(entry) : entry);
        assertThat(told(judged("build-agent", "- tests: {minimum: 1, failures: 0}")))
                .isEqualTo(without)
                .isEqualTo("passed");
    }

    private static Descriptor called(Descriptor entry) {
        Map<String, String> lie = new HashMap<>(entry.annotations());
        lie.put(Descriptor.BUNDLED_TYPE, "https://example.com/nothing/v1");
        return new Descriptor(
                entry.mediaType(), entry.digest(), entry.size(), entry.artifactType(), lie, Optional.empty());
    }

    /** Somebody who is not trusted can attach anything later, and costs one look at each. */
    @Test
    void readsTheNewestTrustedScanBehindNewerOnesOfOthers() throws Exception {
        scan(Staging.NOW.minusSeconds(600), true, staging.release);
        for (int i = 0; i < 5; i++) {
            scan(Staging.NOW.minusSeconds(i), false, staging.stranger);
        }
        assertThat(told(judged("build-agent", SCANNED))).contains("CVE-2026-1");
    }

    /** Each rule has its own trust, and the newest that one believes is not the newest of another. */
    @Test
    void readsOnUntilEveryRuleHasItsNewest() throws Exception {
        scan(Staging.NOW, Observer.BUILD_AGENT, false);
        scan(Staging.NOW.minusSeconds(7_200), Observer.TRUSTED_AGENT, true);
        String strict = SCANNED.replace("deny:", "trust: {observed: trusted-agent}, deny:");
        assertThat(told(judged("build-agent", SCANNED + "\n    " + strict))).contains("CVE-2026-1");
        assertThat(judged("build-agent", SCANNED).verdict().passed()).isTrue();
    }

    /** Clocks differ, and a scan that was attached shortly before the newest can be as new. */
    @Test
    void readsWhatWasAttachedWithinTheDifferenceOfClocksToo() throws Exception {
        scan(Staging.NOW, false, staging.release);
        Statement dirty = dirty(Staging.NOW, Observer.BUILD_AGENT);
        attach(dirty, Staging.NOW.minusSeconds(200), staging.release);
        assertThat(told(judged("build-agent", SCANNED))).contains("CVE-2026-1");
    }

    /** It says of no time, so that it counts as new for ever where such statements are believed. */
    @Test
    void decidesByAnOldScanWithoutATimeWhereSuchAreBelieved() throws Exception {
        Statement undated = Scan.of(image)
                .finding("CVE-2026-1", "CRITICAL", "2.0", "")
                .undated()
                .statement();
        attach(undated, Staging.NOW.minus(Duration.ofDays(90)), staging.release);
        scan(Staging.NOW, false, staging.release);
        assertThat(told(judged("imported", SCANNED))).contains("CVE-2026-1");
        assertThat(judged("build-agent", SCANNED).verdict().passed()).isTrue();
    }

    @Test
    void readsEveryTestResultHoweverOld() throws Exception {
        for (int i = 0; i < 10; i++) {
            tests(TestResult.Outcome.PASSED, Staging.NOW.minus(Duration.ofDays(i)));
        }
        tests(TestResult.Outcome.FAILED, Staging.NOW.minus(Duration.ofDays(90)));
        assertThat(told(judged("build-agent", "- tests: {minimum: 1, failures: 0}")))
                .contains("failed before it passed");
    }

    @Test
    void showsAllEvidenceToAnExpressionOverAllOfIt() throws Exception {
        nights(staging.release);
        String all = "- expression: {id: all, cel: 'size(evidence) == " + NIGHTS + "', message: some is missing}";
        assertThat(judged("build-agent", all).verdict().passed()).isTrue();
    }

    /** As other writers of bundles attach them. */
    @Test
    void readsWhatTellsNoTypeAndNoTime() throws Exception {
        scan(Staging.NOW, false, staging.release);
        byte[] bundle = StrictJson.write(
                Forge.bundle(dirty(Staging.NOW, Observer.BUILD_AGENT).toBytes(), staging.release));
        Forge.attach(staging.store, image.descriptor(), bundle);
        assertThat(told(judged("build-agent", SCANNED))).contains("CVE-2026-1");
    }

    private static String told(Judged judged) {
        return judged.verdict().passed() ? "passed" : judged.verdict().items().toString();
    }

    private void nights(SigningKey key) throws Exception {
        for (int night = 0; night < NIGHTS; night++) {
            scan(Staging.NOW.minus(Duration.ofDays(night)), false, key);
        }
    }

    private void scan(Instant at, boolean dirty, SigningKey key) throws Exception {
        attach(dirty ? dirty(at, Observer.BUILD_AGENT) : clean(at, Observer.BUILD_AGENT), at, key);
    }

    private void scan(Instant at, Observer observer, boolean dirty) throws Exception {
        attach(dirty ? dirty(at, observer) : clean(at, observer), at, staging.release);
    }

    private Statement clean(Instant at, Observer observer) {
        return seen(Scan.of(image), at, observer);
    }

    private Statement dirty(Instant at, Observer observer) {
        return seen(Scan.of(image).finding("CVE-2026-1", "CRITICAL", "2.0", ""), at, observer);
    }

    private static Statement seen(Scan scan, Instant at, Observer observer) {
        Statement made = scan.parameter("databaseUpdatedAt", at.toString())
                .finishedAt(at)
                .statement();
        return new Statement(
                made.subject(), Optional.of(new Observation(observer, at)), made.predicateType(), made.predicate());
    }

    private Statement bill(Instant at) {
        return new Statement(
                Staging.subject(image),
                Optional.of(Staging.seen(at)),
                PredicateTypes.CYCLONEDX,
                StrictJson.object().put("bomFormat", "CycloneDX"));
    }

    private Descriptor tests(TestResult.Outcome outcome, Instant at) throws Exception {
        List<String> names = List.of("starts");
        boolean passed = outcome == TestResult.Outcome.PASSED;
        Statement result = new TestResult(
                        "junit",
                        outcome,
                        passed ? names : List.of(),
                        List.of(),
                        passed ? List.of() : names,
                        List.of(new TestResult.Configuration("junit.xml", Optional.empty())))
                .toStatement(Staging.subject(image), Staging.seen(at));
        return attach(result, at, staging.release);
    }

    private Descriptor attach(Statement statement, Instant at, SigningKey key) throws Exception {
        return EvidenceWriter.attach(
                staging.store, image.descriptor(), statement, new KeySigner(key), Clock.fixed(at, ZoneOffset.UTC));
    }

    private Judged judged(String observed, String items) throws Exception {
        bundles.set(0);
        manifests.set(0);
        String yaml = """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: nightly}
                spec:
                  trust: {keys: [release], observed: %s}
                  images:
                    - {from: "oci:%s/staging/{app}"}
                  without:
                    - {rule: signature, reason: not looked at here}
                    %s
                  checklist:
                    %s
                """.formatted(
                observed,
                folder,
                items.contains("vulnerabilities") ? "" : "- {rule: vulnerabilities, reason: not looked at here}",
                items);
        Policy policy = Policy.parse(yaml.getBytes(StandardCharsets.UTF_8), "nightly.yaml");
        return new Gate(reference -> new Counting(Staging.STORES.open(reference)), Staging.CLOCK)
                .verify(
                        new VerifyRequest(staging.staged("v1"), Optional.empty(), policy, staging.keys()),
                        Progress.SILENT);
    }

    /** Counts the manifests and bundles that are fetched; an image's config is another blob. */
    private final class Counting extends PassingStore {
        private Counting(ImageStore store) {
            super(store);
        }

        @Override
        public Optional<Manifest> manifest(Digest digest) throws AirworthyException, InterruptedException {
            manifests.incrementAndGet();
            return super.manifest(digest);
        }

        @Override
        public List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException {
            return super.referrers(subject).stream()
                    .flatMap(entry -> listed.apply(entry).stream())
                    .map(entry -> silent ? new Descriptor(entry.mediaType(), entry.digest(), entry.size()) : entry)
                    .toList();
        }

        @Override
        public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
            if (blob.mediaType().contains("sigstore")) {
                bundles.incrementAndGet();
            }
            return super.openBlob(blob);
        }
    }
}
