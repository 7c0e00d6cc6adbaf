package io.jenkins.plugins.airworthy.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is pruned decided nothing, and whoever keeps a record hears of it before. */
class PrunerTest {
    @TempDir
    private Path folder;

    private final List<Digest> told = new ArrayList<>();
    private PrunedStatements record = (subject, type, payload) -> told.add(payload);
    private Staging staging;
    private ImageManifest image;

    @BeforeEach
    void stage() throws Exception {
        staging = new Staging(folder);
        image = Samples.image(staging.store, "linux/amd64", "scanned every night");
        staging.store.tag("v1", image);
    }

    @Test
    void keepsTheNewestScanOfThirtyNights() throws Exception {
        Descriptor newest = scan(Staging.NOW, Observer.BUILD_AGENT, staging.release);
        for (int night = 1; night < 30; night++) {
            scan(Staging.NOW.minus(Duration.ofDays(night)), Observer.BUILD_AGENT, staging.release);
        }
        prune();
        assertThat(left()).containsExactly(newest.digest());
        assertThat(told).hasSize(29).doesNotHaveDuplicates();
    }

    /** Rules differ in whom and in which observer they believe, and one's newest is not another's. */
    @Test
    void keepsTheNewestOfEachSignerAndObserver() throws Exception {
        List<Digest> staying = List.of(
                scan(Staging.NOW, Observer.BUILD_AGENT, staging.release).digest(),
                scan(Staging.NOW.minusSeconds(60), Observer.TRUSTED_AGENT, staging.release)
                        .digest(),
                scan(Staging.NOW.minusSeconds(120), Observer.BUILD_AGENT, staging.stranger)
                        .digest(),
                scan(Staging.NOW.minusSeconds(180), Observer.BUILD_AGENT, staging.stranger)
                        .digest());
        scan(Staging.NOW.minusSeconds(240), Observer.TRUSTED_AGENT, staging.release);
        prune();
        assertThat(left()).containsExactlyInAnyOrderElementsOf(staying);
    }

    @Test
    void keepsFailedTestsAndTheNewestPassedOnes() throws Exception {
        Digest failed = tests("unit", TestResult.Outcome.FAILED, Staging.NOW.minus(Duration.ofDays(9)));
        tests("unit", TestResult.Outcome.PASSED, Staging.NOW.minus(Duration.ofDays(2)));
        Digest unit = tests("unit", TestResult.Outcome.PASSED, Staging.NOW.minus(Duration.ofDays(1)));
        Digest smoke = tests("smoke", TestResult.Outcome.PASSED, Staging.NOW.minus(Duration.ofDays(8)));
        prune();
        assertThat(left()).containsExactlyInAnyOrder(failed, unit, smoke);
    }

    /** By its time it would count as the newest for as long as somebody likes. */
    @Test
    void keepsWhatAStatementOfTheFutureWouldReplace() throws Exception {
        Digest future = scan(Staging.NOW.plus(Duration.ofDays(9)), Observer.BUILD_AGENT, staging.release)
                .digest();
        Digest now = scan(Staging.NOW, Observer.BUILD_AGENT, staging.release).digest();
        prune();
        assertThat(left()).containsExactlyInAnyOrder(future, now);
    }

    @Test
    void keepsStatementsThatTellNoTime() throws Exception {
        Digest one = attach(
                        Scan.of(image).undated().statement(), Staging.NOW.minus(Duration.ofDays(9)), staging.release)
                .digest();
        Digest two = attach(Scan.of(image).packages(7).undated().statement(), Staging.NOW, staging.release)
                .digest();
        scan(Staging.NOW, Observer.BUILD_AGENT, staging.release);
        prune();
        assertThat(left()).contains(one, two).hasSize(3);
    }

    /** The statement is still there, so that a record of it must go on missing it if it goes. */
    @Test
    void keepsOneOfSeveralCopiesWithoutRecordingARemoval() throws Exception {
        Statement once = Scan.of(image).statement();
        attach(once, Staging.NOW, staging.release);
        attach(once, Staging.NOW.minusSeconds(9), staging.release);
        attach(once, Staging.NOW.minusSeconds(99), staging.release);
        prune();
        assertThat(left()).hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void keepsWhatAnExpressionMayCount() throws Exception {
        for (int night = 0; night < 5; night++) {
            scan(Staging.NOW.minus(Duration.ofDays(night)), Observer.BUILD_AGENT, staging.release);
        }
        Policy counting = Policy.parse("""
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: counting}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images: [{from: "registry.example.com/{app}"}]
                  without:
                    - {rule: signature, reason: not looked at here}
                    - {rule: vulnerabilities, reason: not looked at here}
                  checklist:
                    - expression: {id: nights, cel: 'size(evidence) > 3', message: scanned too seldom}
                """.getBytes(StandardCharsets.UTF_8), "counting.yaml");
        assertThat(plan(Optional.of(counting)).removals()).isEmpty();
        assertThat(plan(Optional.empty()).removals()).hasSize(4);
    }

    @Test
    void keepsWhatCannotBeRecorded() throws Exception {
        scan(Staging.NOW, Observer.BUILD_AGENT, staging.release);
        scan(Staging.NOW.minusSeconds(60), Observer.BUILD_AGENT, staging.release);
        record = (subject, type, payload) -> {
            throw new UndecidedException("no room on the disk");
        };
        assertThatThrownBy(this::prune).hasMessage("no room on the disk");
        assertThat(left()).hasSize(2);
    }

    /** Very many statements are together larger than what may be held to judge by. */
    @Test
    void prunesMoreStatementsThanMayBeHeldTogether() throws Exception {
        ObjectNode large = StrictJson.object().put("note", "x".repeat(2_000_000));
        for (int i = 0; i < 16; i++) {
            Statement some = new Statement(
                    Staging.subject(image),
                    Optional.of(Staging.seen(Staging.NOW.minusSeconds(i))),
                    "https://example.com/large/v1",
                    large);
            attach(some, Staging.NOW, staging.release);
        }
        prune();
        assertThat(left()).hasSize(1);
    }

    @Test
    void keepsJunkOfOthers() throws Exception {
        scan(Staging.NOW, Observer.BUILD_AGENT, staging.release);
        Forge.attach(staging.store, image.descriptor(), Forge.bytes("no bundle at all"));
        prune();
        assertThat(left()).hasSize(2);
    }

    private void prune() throws Exception {
        pruner().remove(staging.staged("v1"), plan(Optional.empty()), Progress.SILENT);
    }

    private PrunePlan plan(Optional<Policy> policy) throws Exception {
        TrustedSigners release = TrustedSigners.of(List.of(staging.keys().get(0)));
        return pruner().plan(
                        new PruneRequest(
                                staging.staged("v1"), release, policy.stream().toList()),
                        Progress.SILENT);
    }

    private Pruner pruner() {
        return new Pruner(
                Staging.STORES, Staging.CLOCK, (subject, type, payload) -> record.removing(subject, type, payload));
    }

    private List<Digest> left() throws Exception {
        return staging.store.referrers(image.digest()).stream()
                .map(Descriptor::digest)
                .toList();
    }

    private Descriptor scan(Instant at, Observer observer, SigningKey key) throws Exception {
        Statement made = Scan.of(image).finishedAt(at).statement();
        Statement seen = new Statement(
                made.subject(), Optional.of(new Observation(observer, at)), made.predicateType(), made.predicate());
        return attach(seen, at, key);
    }

    private Digest tests(String suite, TestResult.Outcome outcome, Instant at) throws Exception {
        List<String> names = List.of("starts");
        boolean passed = outcome == TestResult.Outcome.PASSED;
        Statement result = new TestResult(
                        suite,
                        outcome,
                        passed ? names : List.of(),
                        List.of(),
                        passed ? List.of() : names,
                        List.of(new TestResult.Configuration("junit.xml", Optional.empty())))
                .toStatement(Staging.subject(image), Staging.seen(at));
        return attach(result, at, staging.release).digest();
    }

    private Descriptor attach(Statement statement, Instant at, SigningKey key) throws Exception {
        return EvidenceWriter.attach(
                staging.store, image.descriptor(), statement, new KeySigner(key), Clock.fixed(at, ZoneOffset.UTC));
    }
}
