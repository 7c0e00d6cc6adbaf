package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** An image that passes its policy and is recalled: itself, a part of it, its build, or what speaks for it. */
class RecalledImageTest extends RecallAttack {
    private static final String STORY = "R-2026-0002 (A back door came with it.)";
    private static final String FIRST = entry("R-2026-0001", "digest: sha256:" + "1".repeat(64));

    private void recall(String target) throws Exception {
        publish(FIRST, entry("R-2026-0002", target));
    }

    private Digest config() {
        return image.config().digest();
    }

    private List<Digest> diffIds() throws Exception {
        return ImageReader.read(staging, staged()).platforms().get(0).config().diffIds();
    }

    @Test
    void refusesRecalledDigest() throws Exception {
        recall("digest: " + image.digest());
        assertRefused("recalls", STORY, "its digest is " + image.digest(), "'acme' version 2");
    }

    @Test
    void refusesRecalledConfig() throws Exception {
        recall("digest: [" + config() + "]");
        assertRefused("recalls", STORY, "the config of linux/amd64 is " + config());
    }

    @Test
    void refusesIndexOfARecalledChild() throws Exception {
        ObjectNode json = StrictJson.object().put("schemaVersion", 2);
        json.put("mediaType", "application/vnd.oci.image.index.v1+json");
        json.putArray("manifests")
                .add(image.descriptor()
                        .with(Platform.of("linux", "amd64", Optional.empty()))
                        .toJson());
        Manifest index = Manifest.parse("application/vnd.oci.image.index.v1+json", StrictJson.write(json));
        staging.putManifest(index);
        staging.tag(TAG, index);
        sign(index, release);
        attach(index, provenance(index), release);
        recall("digest: " + image.digest());
        assertThat(failed(promote().judged())).isEqualTo("recalls");
    }

    @Test
    void refusesLayersOfARecalledBaseThatIsGone() throws Exception {
        recall("layers: [[" + diffIds().stream().map(Digest::toString).collect(Collectors.joining(", ")) + "]]\n"
                + "base: registry.example.com/base/java@sha256:" + "b".repeat(64));
        assertRefused("recalls", STORY, "linux/amd64 has the layers of registry.example.com/base/java@sha256:");
    }

    @Test
    void promotesImageThatHasOnlySomeOfTheLayers() throws Exception {
        recall("layers: [[" + diffIds().get(0) + ", sha256:" + "2".repeat(64) + "]]");
        assertPromoted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:npm/left-pad@1.0.0",
                "pkg:npm/left-pad@1.3.9",
                "pkg:NPM/%6Ceft-pad@1.0.0?os=linux",
            })
    void refusesRecalledPackage(String purl) throws Exception {
        attach(image, bill(purl), release);
        recall("packages: [{package: 'pkg:npm/left-pad', versions: 'vers:npm/>=1.0.0|<1.4.0'}]");
        assertRefused("recalls", STORY, "it contains " + purl);
    }

    @Test
    void promotesFixedVersionOfTheRecalledPackage() throws Exception {
        attach(image, bill("pkg:npm/left-pad@1.4.0"), release);
        recall("packages: [{package: 'pkg:npm/left-pad', versions: 'vers:npm/>=1.0.0|<1.4.0'}]");
        assertPromoted();
    }

    @Test
    void refusesImageWithoutAPackageList() throws Exception {
        recall("packages: [{package: 'pkg:npm/left-pad'}]");
        assertRefused(
                "recalls",
                STORY,
                "no bill of materials that is believed says what linux/amd64 contains, and"
                        + " unknown counts as affected; 'airworthy scan' attaches one");
    }

    @Test
    void refusesImageWhosePackageListAStrangerSigned() throws Exception {
        attach(image, bill("pkg:npm/right-pad@1.0.0"), stranger);
        recall("packages: [{package: 'pkg:npm/left-pad'}]");
        assertRefused("recalls", "no bill of materials that is believed");
    }

    @Test
    void refusesImageWhosePackageListIsEmpty() throws Exception {
        attach(image, bills("{\"type\":\"operating-system\",\"name\":\"debian\"}"), release);
        recall("packages: [{package: 'pkg:npm/left-pad'}]");
        assertRefused("recalls", "no bill of materials that is believed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkg:npm/left-pad@newest", "pkg:npm/left-pad"})
    void refusesVersionThatCannotBeCompared(String purl) throws Exception {
        attach(image, bill(purl), release);
        recall("packages: [{package: 'pkg:npm/left-pad', versions: 'vers:npm/<1.4.0'}]");
        assertRefused("recalls", STORY, "it contains " + purl, "unknown counts as affected");
    }

    @Test
    void refusesVersionOfAKindWhoseOrderIsUnknown() throws Exception {
        attach(image, bill("pkg:gem/rails@9.0.0"), release);
        recall("packages: [{package: 'pkg:gem/rails', versions: 'vers:gem/<7.0.0'}]");
        assertRefused("recalls", "cannot be compared with vers:gem/<7.0.0");
    }

    @Test
    void refusesPackageWithoutItsUrl() throws Exception {
        attach(image, bills("{\"name\":\"@acme/Left-Pad\",\"version\":\"1.0.0\"}"), release);
        recall("packages: [{package: 'pkg:npm/left-pad', versions: 'vers:npm/<1.4.0'}]");
        assertRefused("recalls", "which has no package URL and is called like pkg:npm/left-pad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"typing_extensions", "Typing.Extensions", "typing-extensions"})
    void refusesPythonPackageWithoutItsUrlInAnySpelling(String name) throws Exception {
        attach(image, bills("{\"name\":\"" + name + "\",\"version\":\"4.0.0\"}"), release);
        recall("packages: [{package: 'pkg:pypi/typing-extensions'}]");
        assertRefused("recalls", "which has no package URL and is called like pkg:pypi/typing-extensions");
    }

    @Test
    void promotesPackageWithoutItsUrlThatOnlyPythonWouldCallSo() throws Exception {
        attach(image, bills("{\"name\":\"left_pad\",\"version\":\"1.0.0\"}"), release);
        recall("packages: [{package: 'pkg:npm/left-pad'}]");
        assertPromoted();
    }

    private void trustForTests() {
        keys.add(new TrustedKey("testers", stranger.publicKey()));
        changePolicy("failures: 0}", "failures: 0, trust: {keys: [release, testers], observed: imported}}");
    }

    @Test
    void refusesImageWhosePackageListAKeyForTestsSigned() throws Exception {
        trustForTests();
        attach(image, bill("pkg:npm/right-pad@1.0.0"), stranger);
        recall("packages: [{package: 'pkg:npm/left-pad'}]");
        assertRefused("recalls", "no bill of materials that is believed");
    }

    @Test
    void refusesPackageThatAKeyForTestsLists() throws Exception {
        trustForTests();
        attach(image, bill("pkg:npm/right-pad@1.0.0"), release);
        attach(image, bill("pkg:npm/left-pad@1.0.0"), stranger);
        recall("packages: [{package: 'pkg:npm/left-pad'}]");
        assertRefused("recalls", "it contains pkg:npm/left-pad@1.0.0");
    }

    @Test
    void refusesPackageListThatNobodyTrustedObserved() throws Exception {
        Statement seen = bill("pkg:npm/right-pad@1.0.0");
        attach(image, new Statement(seen.subject(), Optional.empty(), seen.predicateType(), seen.predicate()), release);
        recall("packages: [{package: 'pkg:npm/left-pad'}]");
        assertRefused("recalls", "no bill of materials that is believed");
    }

    @Test
    void promotesByThePackageListThatARuleTrusts() throws Exception {
        keys.add(new TrustedKey("lists", stranger.publicKey()));
        changePolicy(
                "    - secrets:",
                "    - packages: {deny: ['pkg:npm/x'], trust: {keys: [lists], observed: imported}}\n    - secrets:");
        attach(image, bill("pkg:npm/right-pad@1.0.0"), stranger);
        recall("packages: [{package: 'pkg:npm/left-pad'}]");
        assertPromoted();
    }

    @Test
    void refusesImageWhoseBuildOnlyAKeyForTestsTells() throws Exception {
        trustForTests();
        stageWithout(Piece.PROVENANCE);
        attach(image, provenance(image), stranger);
        recall("source: {repository: 'https://git.example.com/acme/shop'}");
        assertRefused("provenance,recalls", "no provenance that is believed says how it was built");
    }

    @Test
    void carriesAlongWhatClearsTheImage() throws Exception {
        Descriptor list = attach(image, bill("pkg:npm/right-pad@1.0.0"), release);
        recall("packages: [{package: 'pkg:npm/left-pad'}]");
        assertPromoted();
        assertThat(production.referrers(image.digest()))
                .extracting(Descriptor::digest)
                .contains(list.digest());
    }

    private void remember(Statement signed, SigningKey key) {
        known.add(new RecordedStatement(
                image.digest(),
                Digest.of(signed.toBytes()),
                signed.predicateType(),
                NOW.minusSeconds(7_200),
                key.fingerprint(),
                Set.of(),
                false,
                signed.observation(),
                Optional.empty(),
                "the run shop/cart#7"));
    }

    @Test
    void refusesImageWhosePackageListIsListedNoMore() throws Exception {
        Statement list = bill("pkg:npm/right-pad@1.0.0");
        attach(image, list, release);
        remember(list, release);
        remember(bill("pkg:npm/left-pad@1.0.0"), stranger);
        recall("packages: [{package: 'pkg:npm/left-pad'}]");
        assertPromoted();
        production.tag(TAG, running);
        remember(bill("pkg:npm/left-pad@1.0.0"), release);
        assertRefused("recalls", "a bill of materials was signed and is not among the evidence");
    }

    @Test
    void refusesImageWhoseProvenanceIsListedNoMore() throws Exception {
        recall("source: {repository: 'https://git.example.com/acme/shop'}");
        assertPromoted();
        production.tag(TAG, running);
        remember(
                new Statement(subject(image), Optional.of(seen(NOW)), PredicateTypes.PROVENANCE, StrictJson.object()),
                release);
        assertRefused("recalls", "provenance was signed and is not among the evidence");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source: {repository: 'https://git.example.com/acme/cart'}",
                "source: {repository: 'https://GIT.example.com/acme/cart.git/'}",
                "source: {repository: 'https://git.example.com:443/acme/cart'}",
                "source: {repository: 'https://git.example.com./acme//x/.././%63art'}",
                "source: {repository: 'git+ssh://git@git.example.com:7999/acme/cart.git'}",
                "source: {repository: 'git@git.example.com:acme/cart.git'}",
                "source: {repository: 'https://git.example.com/acme/cart@refs/heads/main'}",
                "source: {repository: 'https://git.example.com/acme/cart', commits: ['0000000000000000000000000000000000000000']}",
            })
    void refusesRecalledSource(String target) throws Exception {
        recall(target);
        assertRefused("recalls", STORY, "it was built from https://git.example.com/acme/cart at 0000");
    }

    @Test
    void promotesAnotherCommitOfTheRecalledSource() throws Exception {
        recall("source: {repository: 'https://git.example.com/acme/cart', commits: ['" + "1".repeat(40) + "']}");
        assertPromoted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "builder: {id: 'https://jenkins.example.com/'}",
                "builder: {id: 'https://jenkins.example.com/', agent: linux-7}",
                "builder: {id: 'https://jenkins.example.com/', from: 2026-11-20T09:10:00Z, until: 2026-11-20T09:10:00Z}",
            })
    void refusesBuildOnARecalledBuilder(String target) throws Exception {
        recall(target);
        assertThat(failed(promote().judged())).isEqualTo("recalls");
    }

    @Test
    void promotesBuildOfAnotherTime() throws Exception {
        recall("builder: {id: 'https://jenkins.example.com/', until: 2026-11-20T08:00:00Z}");
        assertPromoted();
        recall2("builder: {id: 'https://jenkins.example.com/', from: 2026-11-20T11:00:00Z}");
        assertPromoted();
    }

    private void recall2(String target) throws Exception {
        String before =
                entry("R-2026-0002", "builder: {id: 'https://jenkins.example.com/', until: 2026-11-20T08:00:00Z}");
        publish(FIRST, before, entry("R-2026-0003", target));
    }

    @Test
    void refusesScanThatIsRecalled() throws Exception {
        recall("evidence: {scanner: trivy}");
        Judged judged = assertRefused("recalls", STORY, "without them the item 'vulnerabilities' is not fulfilled");
        assertThat(judged.verdict().evidence()).isNotEmpty();
    }

    @Test
    void promotesAfterANewScanByAnotherVersion() throws Exception {
        recall("evidence: {scanner: trivy, until: 2026-11-20T11:00:00Z}");
        Descriptor later = attach(
                image,
                Scan.of(image)
                        .finishedAt(NOW.minusSeconds(60))
                        .observedAt(NOW.minusSeconds(3_600))
                        .statement(),
                release);
        Judged judged = promote().judged();
        assertThat(failed(judged)).as(told(judged)).isEmpty();
        assertThat(judged.verdict().evidence()).contains(later.digest());
    }

    @Test
    void refusesFailedTestsAlsoWhenTheyAreRecalled() throws Exception {
        attach(image, tests(image, TestResult.Outcome.FAILED, NOW.minusSeconds(60)), release);
        recall("evidence: {type: '" + PredicateTypes.TEST_RESULT + "', from: 2026-11-20T11:58:00Z}");
        assertThat(failed(promote().judged())).contains("tests");
    }

    @Test
    void refusesImageThatOnlyARecalledKeySigned() throws Exception {
        recall("signer: {key: " + release.publicKey().fingerprint() + "}");
        assertRefused("recalls", STORY, "without them the item 'signature' is not fulfilled");
    }

    @Test
    void promotesImageThatAnotherKeySignedAnew() throws Exception {
        keys.add(new TrustedKey("second", stranger.publicKey()));
        changePolicy("trust: {keys: [release]", "trust: {keys: [release, second]");
        sign(image, stranger);
        attach(image, provenance(image), stranger);
        attach(image, tests(image, TestResult.Outcome.PASSED, NOW.minusSeconds(7_200)), stranger);
        attach(image, Scan.of(image).statement(), stranger);
        recall("signer: {key: " + release.publicKey().fingerprint() + "}");
        Judged judged = promote().judged();
        assertThat(failed(judged)).as(told(judged)).isEmpty();
        assertThat(told(judged)).doesNotContain("signed by key release");
    }

    @Test
    void policyCannotLeaveRecallsOut() throws Exception {
        changePolicy("spec:\n", "spec:\n  without: [{rule: recalls, reason: we have none}]\n");
        assertInvalid("unknown word 'recalls'");
    }

    @Test
    void waiverAcceptsOneRecallUntilItsDay() throws Exception {
        recall("digest: " + image.digest());
        changePolicy(
                "  checklist:\n",
                "  waivers: [{recall: R-2026-0002, images: ['STAGED/**'], until: 2026-11-20, reason: not reachable, by: bob}]\n  checklist:\n"
                        .replace("STAGED", place("staging")));
        assertThat(told(promote().judged())).contains("accepted until 2026-11-20 by bob: not reachable");
        assertPromoted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{recall: R-2026-0002, images: ['STAGED/**'], until: 2026-11-19, reason: r, by: bob}",
                "{recall: R-2026-0003, images: ['STAGED/**'], until: 2026-11-30, reason: r, by: bob}",
                "{recall: R-2026-0002, images: ['STAGED/other'], until: 2026-11-30, reason: r, by: bob}",
            })
    void waiverForAnythingElseAcceptsNothing(String waiver) throws Exception {
        recall("digest: " + image.digest());
        changePolicy(
                "  checklist:\n", "  waivers: [" + waiver.replace("STAGED", place("staging")) + "]\n  checklist:\n");
        assertRefused("recalls", STORY);
    }

    @Test
    void reportOnlyTells() throws Exception {
        recall("action: report\ndigest: " + image.digest());
        Judged judged = promote().judged();
        assertThat(judged.verdict().passed()).isTrue();
        assertThat(judged.verdict().items())
                .filteredOn(item -> item.id().equals("recalls"))
                .extracting(Verdict.Item::status)
                .containsExactly(Status.WARNED);
    }

    /** Each recall is told once: the first that refuses is the reason, and what only tells is marked. */
    @Test
    void saysWhichOfTheRecallsOnlyTell() throws Exception {
        publish(
                entry("R-2026-0001", "digest: sha256:" + "1".repeat(64)),
                entry("R-2026-0002", "action: report\ndigest: " + image.digest()),
                entry("R-2026-0003", "digest: " + image.digest()),
                entry("R-2026-0004", "digest: " + image.digest()));
        Verdict.Item item = promote().judged().verdict().items().stream()
                .filter(each -> each.id().equals("recalls"))
                .findFirst()
                .orElseThrow();
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains("R-2026-0003").endsWith("; and 1 more");
        assertThat(item.details()).hasSize(2);
        assertThat(item.details().get(0)).startsWith("R-2026-0004").doesNotContain("[report]");
        assertThat(item.details().get(1)).startsWith("R-2026-0002").endsWith(" [report]");
    }

    @Test
    void doesNotCarryRecallsOfStagingAlong() throws Exception {
        Descriptor mark = attach(
                image,
                new Statement(
                        subject(image),
                        Optional.of(seen(NOW)),
                        "https://example.com/end-of-life/v1",
                        StrictJson.object()),
                release);
        assertPromoted();
        assertThat(production.referrers(image.digest()))
                .extracting(Descriptor::digest)
                .isNotEmpty()
                .doesNotContain(mark.digest());
    }

    private Statement bill(String purl) throws Exception {
        return bills("{\"type\":\"library\",\"name\":\"x\",\"purl\":\"" + purl + "\"}");
    }

    private Statement bills(String components) throws Exception {
        String document = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[" + components + "]}";
        return new Statement(
                subject(image),
                Optional.of(seen(NOW.minusSeconds(3_600))),
                PredicateTypes.CYCLONEDX,
                StrictJson.parseObject(document.getBytes(UTF_8), "sbom", 10_000).node());
    }
}
