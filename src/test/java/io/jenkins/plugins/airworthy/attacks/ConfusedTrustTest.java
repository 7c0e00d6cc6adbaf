package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.TestResult.Outcome;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.gate.PromoteRequest;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.LayoutFolders;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRing;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 13: true and signed statements that are believed for something else. */
class ConfusedTrustTest extends Attack {
    private Optional<ImageReference> wanted = Optional.empty();

    @Override
    PromoteRequest request() throws AirworthyException {
        PromoteRequest good = super.request();
        return new PromoteRequest(
                good.image(),
                wanted.orElse(good.target()),
                good.policy(),
                good.keys(),
                good.certificates(),
                good.summaryKey(),
                good.verifier(),
                good.observer());
    }

    @Test
    void refusesGoodImageOfOneTeamUnderTheNameOfAnother() throws Exception {
        wanted = Optional.of(ImageReference.parse(place("production") + "/payments:" + TAG));
        assertRefused(
                "images",
                "images: the target '" + place("production") + "/payments' is not what '" + place("production")
                        + "/{app}' makes of this image's name");
    }

    /** The source is bound to the image's name: only its own product's repository is allowed, not any of the company's. */
    @Test
    void refusesImageFromTheSourceOfAnotherTeam() throws Exception {
        changePolicy(
                "{repository: \"https://git.example.com/acme/{app}\"",
                "{repository: \"https://git.example.com/{app}\"");
        assertRefused("provenance", "provenance: ", "https://git.example.com/acme/cart");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tests", "vulnerabilities"})
    void refusesEvidenceByKnownKeyThatIsNotTrustedForIt(String rule) throws Exception {
        keys.add(new TrustedKey("laboratory", stranger.publicKey()));
        boolean tests = rule.equals("tests");
        stageWithout(tests ? Piece.TESTS : Piece.SCAN);
        if (tests) {
            changePolicy("- tests: {", "- tests: {trust: {keys: [laboratory]}, ");
            attach(image, tests(image, Outcome.PASSED, NOW), release);
        } else {
            changePolicy("- vulnerabilities: {", "- vulnerabilities: {trust: {keys: [laboratory]}, ");
            changePolicy("    - secrets: {maximum: 0}\n", "");
            attach(image, Scan.of(image).statement(), release);
        }
        assertRefused(rule, rule + " on linux/amd64: no ", "by laboratory", "signed by key release");
    }

    @Test
    void promotesImageWithEvidenceByTheKeyTrustedForIt() throws Exception {
        keys.add(new TrustedKey("laboratory", stranger.publicKey()));
        stageWithout(Piece.TESTS);
        changePolicy("- tests: {", "- tests: {trust: {keys: [laboratory]}, ");
        attach(image, tests(image, Outcome.PASSED, NOW), stranger);
        assertPromoted();
    }

    @Test
    void refusesImageWhoseNewestScanFoundAVulnerability() throws Exception {
        attach(
                image,
                Scan.of(image)
                        .finding("CVE-2026-0001", "CRITICAL", "1.1", "2026-11-01")
                        .observedAt(NOW.minusSeconds(60))
                        .statement(),
                release);
        assertRefused("vulnerabilities", "vulnerabilities on linux/amd64: ", "CVE-2026-0001");
    }

    @Test
    void refusesImageWhoseTestWasRunUntilItPassed() throws Exception {
        stageWithout(Piece.TESTS);
        attach(image, tests(image, Outcome.FAILED, NOW.minusSeconds(7_200)), release);
        attach(image, tests(image, Outcome.PASSED, NOW.minusSeconds(60)), release);
        assertRefused("tests", "tests on linux/amd64: ", "junit", "failed", "reruns");
    }

    @Test
    void refusesCleanReportFromOldVulnerabilityDatabase() throws Exception {
        stageWithout(Piece.SCAN);
        attach(
                image,
                Scan.of(image)
                        .parameter(
                                "databaseUpdatedAt",
                                NOW.minusSeconds(30 * 86_400).toString())
                        .statement(),
                release);
        assertRefused(
                "vulnerabilities",
                "vulnerabilities on linux/amd64: ",
                "the vulnerability database is of 2026-10-21",
                "older than the allowed");
    }

    @Test
    void refusesCleanReportOfScannerThatWasSwitchedOff() throws Exception {
        stageWithout(Piece.SCAN);
        attach(image, Scan.of(image).parameter("scanners", "license").statement(), release);
        assertRefused(
                "vulnerabilities,secrets",
                "vulnerabilities on linux/amd64: ",
                "did not look for vulnerabilities",
                "did not look for secrets");
    }

    @Test
    void refusesCleanReportThatLeavesSevereFindingsOut() throws Exception {
        stageWithout(Piece.SCAN);
        attach(image, Scan.of(image).parameter("severities", "LOW").statement(), release);
        assertRefused("vulnerabilities", "vulnerabilities on linux/amd64: ", "CRITICAL");
    }

    /** The promotion copies what was judged, not what a later list names. */
    @Test
    void promotesOnlyEvidenceThatWasJudged() throws Exception {
        Digest[] added = new Digest[1];
        stores = reference -> new PassingStore(open(reference)) {
            @Override
            public List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException {
                List<Descriptor> judged = super.referrers(subject);
                if (reference.toString().contains("staging")) {
                    added[0] = attach(image, tests(image, Outcome.FAILED, NOW), release)
                            .digest();
                }
                return judged;
            }
        };
        assertPromoted();
        assertThat(production.referrers(image.digest()).stream().map(Descriptor::digest))
                .hasSize(5)
                .doesNotContain(added[0]);
    }

    @Test
    void makesNoSummaryByPolicyInAuditMode() throws Exception {
        changePolicy("mode: enforce", "mode: audit");
        List<String> before = published();
        Promotion refused = promote();
        assertUntouched(before);
        assertThat(refused).isInstanceOf(Promotion.Refused.class);
        assertThat(refused.judged().verdict().passed()).isTrue();
        assertThat(((Promotion.Refused) refused).reason())
                .isEqualTo("policy 'production' is in audit mode: it can verify but not promote; set 'mode: enforce' to"
                        + " promote by it");
        assertThat(staging.referrers(image.digest())).hasSize(4);
    }

    /** The stores that a job's step promotes to: registries and folders that the administrator listed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254/production/cart:v1.0",
                "localhost:1/production/cart:v1.0",
                "registry.example.com.evil.org/production/cart:v1.0"
            })
    void refusesJobThatNamesUnlistedRegistryAsTarget(String target) throws Exception {
        controller();
        wanted = Optional.of(ImageReference.parse(target));
        allow(target.substring(0, target.indexOf('/')));
        assertInvalid(target, "is not one of the registries that this Jenkins connects to");
    }

    @Test
    void refusesJobThatNamesUnlistedFolderOfTheController() throws Exception {
        controller();
        Path home = Files.createDirectories(folder.resolve("jenkins-home"));
        wanted = Optional.of(ImageReference.parse("oci:" + home + "/production/cart:" + TAG));
        allow("oci:" + home);
        assertInvalid(home.toString(), "not in a folder that is listed");
        assertThat(home).isEmptyDirectory();

        Files.createSymbolicLink(folder.resolve("production/link"), home);
        wanted = Optional.of(
                ImageReference.parse("oci:" + folder.resolve("production/link") + "/production/cart:" + TAG));
        changePolicy("to: \"oci:" + home, "to: \"oci:" + folder.resolve("production/link"));
        assertThatThrownBy(this::promote)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not in a folder that is listed");
        assertThat(home).isEmptyDirectory();
    }

    /** As steps open images: through what the administrator listed, which is here staging and production. */
    private void controller() throws Exception {
        stores = new Registries(
                        List.of(new RegistryEntry("registry.example.com")),
                        new LayoutFolders(List.of(
                                folder.resolve("staging").toString(),
                                folder.resolve("production").toString())))
                .controllerStores();
    }

    /** The policy would let the image go there. */
    private void allow(String host) {
        changePolicy("to: \"" + place("production"), "to: \"" + host + "/production");
    }

    @ParameterizedTest
    @EnumSource(
            value = RunKind.class,
            names = {"REPLAYED", "RESTARTED", "INLINE", "FREESTYLE", "CHANGE_REQUEST", "UNKNOWN"})
    void refusesReleaseKeyToMarkedRun(RunKind kind) throws Exception {
        KeyEntry entry = key();
        KeyRing ring = new KeyRing(
                List.of(entry),
                new SignatureLog(TestLedger.in(folder)),
                new EndedKeys(folder.resolve("ended-keys.jsonl")));
        Set<RunKind> unmarked = Set.of(RunKind.MULTIBRANCH);
        assertThat(ring.signingKey("release", KeyRole.IMAGE, "shop/cart", staged(), true, unmarked)
                        .name())
                .isEqualTo("release");
        assertThatThrownBy(() -> ring.signingKey(
                        "release", KeyRole.IMAGE, "shop/cart", staged(), true, Set.of(RunKind.MULTIBRANCH, kind)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("key 'release' does not sign images of " + kind.meaning())
                .hasMessageContaining("let it accept " + kind.setting());
    }

    /** A test that fails blocks an image, and a later scan clears it: no job may say either about another team's image. */
    @ParameterizedTest
    @EnumSource(
            value = KeyRole.class,
            names = {"TEST", "SCAN", "SBOM", "ATTESTATION"})
    void refusesKeyToJobThatDidNotBuildTheImage(KeyRole role) throws Exception {
        KeyRing ring = new KeyRing(
                List.of(key()),
                new SignatureLog(TestLedger.in(folder)),
                new EndedKeys(folder.resolve("ended-keys.jsonl")));
        Set<RunKind> unmarked = Set.of(RunKind.MULTIBRANCH);
        assertThat(ring.signingKey("release", role, "shop/cart", staged(), true, unmarked)
                        .name())
                .isEqualTo("release");
        assertThatThrownBy(() -> ring.signingKey("release", role, "other/job", staged(), false, unmarked))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        "key 'release' signs " + role.plural() + " only about images that the same run built")
                .hasMessageContaining("an administrator can name, in the key's 'Names of images' (images in code)");
    }

    /** What goes where, and when, is an instruction too: an older image that passes, for example. */
    @ParameterizedTest
    @EnumSource(
            value = RunKind.class,
            names = {"REPLAYED", "RESTARTED", "INLINE", "FREESTYLE", "CHANGE_REQUEST", "UNKNOWN"})
    void refusesPromotionByMarkedRun(RunKind kind) throws Exception {
        PolicyEntry entry = new PolicyEntry("production", document());
        entry.requireAccepts(Set.of(RunKind.MULTIBRANCH, RunKind.PIPELINE_FROM_SCM), "promote images");
        assertThatThrownBy(() -> entry.requireAccepts(Set.of(RunKind.MULTIBRANCH, kind), "promote images"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("policy 'production' does not let " + kind.meaning() + " promote images")
                .hasMessageContaining("let it accept " + kind.setting())
                .hasMessageContaining("In the job: " + kind.advice());
        entry.setAccepts(List.of(kind));
        entry.requireAccepts(Set.of(RunKind.MULTIBRANCH, kind), "promote images");
    }

    /** The thief has the key and can set any clock; the controller has a record of what it signed itself. */
    @Test
    void refusesBackdatedSignatureOfStolenKey() throws Exception {
        SignatureLog log = new SignatureLog(TestLedger.in(folder));
        Instant stolen = NOW.minusSeconds(1_800);
        KeyEntry entry = key();
        entry.setState(KeyState.REVOKED);
        entry.setEnded(stolen.toString());
        for (Descriptor each : staging.referrers(image.digest())) {
            record(log, each);
        }
        keys.clear();
        keys.addAll(new KeyRing(List.of(entry), log, new EndedKeys(folder.resolve("ended-keys.jsonl"))).trustedKeys());
        assertPromoted();

        production.tag(TAG, running);
        stageWithout(Piece.SIGNATURE, Piece.PROVENANCE, Piece.TESTS, Piece.SCAN);
        Descriptor backdated = sign(image, release);
        assertRefused(
                "signature,provenance,tests,vulnerabilities,secrets",
                backdated.digest().toString(),
                "signed with the key 'release', which is revoked, and not among the signatures recorded before that");
    }

    private void record(SignatureLog log, Descriptor evidence) throws Exception {
        for (VerifiedEvidence each : EvidenceReader.read(
                        staging,
                        image.digest(),
                        new TrustedSigners(
                                List.of(new TrustedKey("release", release.publicKey())), Optional.empty(), List.of()))
                .verified()) {
            if (each.manifest().equals(evidence.digest())) {
                log.append(new SignatureLog.Entry(
                        NOW.minusSeconds(3_600),
                        "shop/cart#1",
                        image.digest(),
                        Digest.of(each.statement().toBytes()),
                        each.predicateType(),
                        "release",
                        release.fingerprint()));
            }
        }
    }

    private KeyEntry key() {
        KeyEntry entry = new KeyEntry("release");
        entry.setPublicKey(release.publicKey().pem());
        entry.setCredentialsId("release-key");
        entry.setRoles(List.of(KeyRole.values()));
        return entry;
    }
}
