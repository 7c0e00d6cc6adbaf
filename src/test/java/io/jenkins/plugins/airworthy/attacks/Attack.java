package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.PromoteRequest;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.gate.VerdictText;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * An image that the gate promotes, and the one thing that an attack changes. Each attack goes through the gate as a user's
 * promotion does, and afterwards nothing may have changed at the target.
 */
abstract class Attack extends StagedImage {
    private static final String POLICY = """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: production}
            spec:
              mode: enforce
              expires: 2027-06-30
              trust: {keys: [release], observed: build-agent}
              images:
                - {from: "STAGING/{app}", to: "PRODUCTION/{app}", tags: ["v*"]}
              checklist:
                - signature: {threshold: 1}
                - provenance:
                    builders: ["https://jenkins.example.com/"]
                    sources: [{repository: "https://git.example.com/acme/{app}", refs: [refs/heads/main]}]
                - tests: {minimum: 1, failures: 0}
                - vulnerabilities: {maxAge: 24h, databaseMaxAge: 48h, deny: [CRITICAL, HIGH]}
                - secrets: {maximum: 0}
                - user: {nonRoot: true}
            """;

    private String policy;
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    ImageStores stores = this::open;
    Duration timeLimit = Gate.DEFAULT_TIME_LIMIT;
    final List<TrustedKey> keys = new ArrayList<>();
    Optional<CertificateTrust> certificates = Optional.empty();
    ImageReference candidate;

    @BeforeEach
    void prepare() throws Exception {
        policy = POLICY.replace("STAGING", place("staging")).replace("PRODUCTION", place("production"));
        keys.add(new TrustedKey("release", release.publicKey()));
        candidate = staged();
    }

    /** A refusal proves nothing unless the unchanged image is promoted. */
    @Test
    void promotesAnHonestImage() throws Exception {
        assertPromoted();
    }

    /** Writes another word into the policy. */
    void changePolicy(String from, String to) {
        assertThat(policy).containsOnlyOnce(from);
        policy = policy.replace(from, to);
    }

    /** The policy's text as it is now. */
    String document() {
        return policy;
    }

    Policy policy() throws AirworthyException {
        return Policy.parse(policy.getBytes(UTF_8), "production.yaml");
    }

    PromoteRequest request() throws AirworthyException {
        return new PromoteRequest(
                candidate,
                target(),
                policy(),
                keys,
                certificates,
                Optional.of(new KeySigner(release)),
                BUILDER,
                Observer.BUILD_AGENT);
    }

    Promotion promote() throws AirworthyException, InterruptedException {
        return gate().promote(request(), Progress.SILENT);
    }

    Gate gate() {
        return new Gate(stores, clock, timeLimit);
    }

    void assertPromoted() throws Exception {
        Promotion promotion = promote();
        assertThat(promotion instanceof Promotion.Promoted)
                .as(told(promotion.judged()))
                .isTrue();
        assertThat(production.manifest(TAG).map(Manifest::digest)).contains(image.digest());
    }

    /**
     * The policy refuses the image.
     *
     * @param checks exactly the items that fail, separated by commas
     * @param why the reason in the verdict
     */
    Judged assertRefused(String checks, String... why) throws Exception {
        List<String> before = published();
        Promotion promotion = promote();
        assertUntouched(before);
        Judged judged = promotion.judged();
        assertThat(promotion instanceof Promotion.Refused).as(told(judged)).isTrue();
        assertThat(failed(judged)).as(told(judged)).isEqualTo(checks);
        assertThat(told(judged)).contains(judged.image().digest().toString()).contains(why);
        return judged;
    }

    /** The policy refuses the image for lack of a signature, and says why this signature does not count. */
    void assertNoSignature(Digest evidence, String... why) throws Exception {
        Judged judged = assertRefused(
                "signature", "signature: no signature about " + image.digest().abbreviated(), "@" + evidence + ": ");
        assertThat(judged.rejected())
                .filteredOn(rejected -> rejected.manifest().equals(evidence))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.reason()).contains(why));
    }

    /** The gate cannot decide and says so. */
    void assertUndecided(String... why) throws Exception {
        assertEnds(UndecidedException.class, why);
    }

    /** The gate refuses the request before it judges. */
    void assertInvalid(String... why) throws Exception {
        assertEnds(InvalidInputException.class, why);
    }

    private void assertEnds(Class<? extends AirworthyException> kind, String... why) throws Exception {
        List<String> before = published();
        Throwable thrown = catchThrowable(this::promote);
        assertUntouched(before);
        assertThat(thrown).isInstanceOf(kind);
        assertThat(thrown.getMessage()).contains(why);
    }

    void assertUntouched(List<String> before) throws Exception {
        assertThat(production.manifest(TAG)).contains(running);
        assertThat(published()).isEqualTo(before);
    }

    /** The verdict as people read it. */
    static String told(Judged judged) {
        return VerdictText.of(judged, "see elsewhere").stream()
                .map(VerdictText.Line::toString)
                .collect(Collectors.joining("\n"));
    }

    static String failed(Judged judged) {
        return judged.verdict().items().stream()
                .filter(item -> item.status() == Status.FAILED)
                .map(Verdict.Item::id)
                .collect(Collectors.joining(","));
    }
}
