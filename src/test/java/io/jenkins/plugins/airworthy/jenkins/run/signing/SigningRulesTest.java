package io.jenkins.plugins.airworthy.jenkins.run.signing;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.jenkins.config.key.EndedKeys;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRing;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyState;
import io.jenkins.plugins.airworthy.jenkins.config.key.OfferedKey;
import io.jenkins.plugins.airworthy.jenkins.config.key.SignedTypes;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.record.ARun;
import io.jenkins.plugins.airworthy.jenkins.run.record.PendingStatement;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole.APPROVAL;
import static io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole.ATTESTATION;
import static io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole.IMAGE;
import static io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole.PROVENANCE;
import static io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole.SBOM;
import static io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole.SCAN;
import static io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole.TEST;
import static io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole.VERDICT;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.DIGEST;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Policy and keys belong to the administrator: what a run may have signed, case by case, with the real key ring. */
class SigningRulesTest {
    private static final Set<RunKind> FROM_SCM = Set.of(RunKind.PIPELINE_FROM_SCM);
    private static final PendingStatement BUILT =
            ARun.pending(PredicateTypes.PROVENANCE, PROVENANCE, DIGEST, "provenance");
    private static final PendingStatement TESTED = ARun.pending(PredicateTypes.TEST_RESULT, TEST, DIGEST, "tests");
    private static final PendingStatement SCANNED = ARun.pending(PredicateTypes.VULNERABILITIES, SCAN, DIGEST, "scan");
    private static final PendingStatement LISTED = ARun.pending(PredicateTypes.CYCLONEDX, SBOM, DIGEST, "sbom");

    private static RecordedImage image(boolean built, PendingStatement... statements) {
        return new RecordedImage(
                SHOP,
                DIGEST,
                List.of(built ? ARun.built(1, SHOP) : ARun.seen(1, SHOP)),
                List.of(statements),
                List.of());
    }

    private static List<KeyRole> roles(RecordedImage image) throws InvalidInputException {
        return SigningPlan.of(image).tasks().stream()
                .map(SigningPlan.Task::role)
                .toList();
    }

    private static KeyEntry key(String name, List<KeyRole> roles, List<RunKind> accepts) {
        KeyEntry entry = new KeyEntry(name);
        entry.setPublicKey(SoftwareKey.generate().publicKey().pem());
        entry.setCredentialsId("credential");
        entry.setRoles(roles);
        entry.setAccepts(accepts);
        return entry;
    }

    private static Map<KeyRole, OfferedKey> keys(Set<KeyRole> roles, Set<RunKind> kinds, KeyEntry... entries)
            throws AirworthyException {
        return keys(roles.stream().collect(Collectors.toMap(role -> role, role -> kinds)), true, entries);
    }

    /** The keys for all that a run may have signed of an image. */
    private static Map<KeyRole, OfferedKey> keys(RecordedImage image, Set<RunKind> kinds, KeyEntry... entries)
            throws AirworthyException {
        return keys(SigningPlan.of(image).toAccept(kinds), image.built(), entries);
    }

    private static Map<KeyRole, OfferedKey> keys(Map<KeyRole, Set<RunKind>> wanted, boolean built, KeyEntry... entries)
            throws AirworthyException {
        KeyRing ring = new KeyRing(
                List.of(entries), new SignatureLog(TestLedger.in(Path.of("none"))), new EndedKeys(Path.of("none")));
        return KeySelection.of(
                wanted, (role, toAccept) -> ring.signingKey(null, role, "team/shop", SHOP, built, toAccept));
    }

    private static PendingStatement seenBy(Observer observer, PendingStatement seen) {
        return new PendingStatement(
                seen.predicateType(), seen.subject(), seen.payload(), seen.role(), observer, seen.at(), seen.summary());
    }

    @Test
    void anImageBuiltHereIsSignedWithAllThatIsKnownOfIt() throws Exception {
        assertThat(roles(image(true, BUILT, TESTED, SCANNED, LISTED)))
                .containsExactly(IMAGE, PROVENANCE, TEST, SCAN, SBOM);
    }

    @Test
    void anImageOfAnotherRunIsNeverSignedButWhatWasObservedIs() throws Exception {
        assertThat(roles(image(false, SCANNED, LISTED))).containsExactly(SCAN, SBOM);
    }

    @Test
    void provenanceOfAnImageThatWasNotBuiltHereIsNeverSigned() throws Exception {
        assertThat(roles(image(false, BUILT, TESTED))).containsExactly(TEST);
    }

    @Test
    void refusesToSignADigestItDidNotBuildAndSaysWhatToDo() {
        assertThatThrownBy(() -> SigningPlan.of(image(false)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did not build")
                .hasMessageContaining("imageBuild")
                .hasMessageContaining("imageScan");
    }

    @Test
    void whatIsSignedAlreadyIsLeftOut() throws Exception {
        RecordedImage signed = new RecordedImage(
                SHOP,
                DIGEST,
                List.of(ARun.built(1, SHOP)),
                List.of(BUILT, TESTED),
                List.of(
                        ARun.signature(PredicateTypes.COSIGN_SIGNATURE, DIGEST, DIGEST),
                        ARun.signature(PredicateTypes.PROVENANCE, DIGEST, BUILT.payload())));
        assertThat(roles(signed)).containsExactly(TEST);
    }

    @Test
    void reportsOneCauseOnceForAllStatements() {
        assertThatThrownBy(() -> keys(Set.of(IMAGE, PROVENANCE, TEST, SCAN, SBOM), Set.of(RunKind.MULTIBRANCH)))
                .hasMessage(
                        "no key is offered to the job team/shop to sign images, provenance, test results, scan results,"
                                + " bills of materials; an administrator can change keys under Manage Jenkins, Airworthy");
        KeyEntry retired = key("old", List.of(KeyRole.values()), List.of());
        retired.setState(KeyState.RETIRED);
        assertThatThrownBy(() -> keys(Set.of(IMAGE, SCAN), Set.of(RunKind.MULTIBRANCH), retired))
                .hasMessage("no key signs images, scan results here: key 'old' is retired and no longer signs;"
                        + " an administrator can change keys under Manage Jenkins, Airworthy");
    }

    static Stream<Arguments> marked() {
        return RunKind.marked().stream()
                .flatMap(kind -> Stream.of(IMAGE, PROVENANCE, TEST, ATTESTATION).map(role -> Arguments.of(kind, role)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("marked")
    void aMarkedRunGetsNoSignatureUnlessTheKeySaysSo(RunKind kind, KeyRole role) throws Exception {
        KeyEntry strict = key("release", List.of(KeyRole.values()), List.of());
        assertThatThrownBy(() -> keys(Set.of(role), Set.of(RunKind.MULTIBRANCH, kind), strict))
                .isInstanceOf(InvalidInputException.class)
                .as("what the administrator can change")
                .hasMessageContaining("key 'release'")
                .hasMessageContaining("accept " + kind.setting())
                .as("what the author can change")
                .hasMessageContaining("In the job: ");
        KeyEntry lenient = key("release", List.of(KeyRole.values()), List.of(kind));
        assertThat(keys(Set.of(role), Set.of(RunKind.MULTIBRANCH, kind), lenient)
                        .get(role)
                        .name())
                .isEqualTo("release");
    }

    /** On a trusted agent nothing runs that the run's instructions say. */
    @ParameterizedTest
    @EnumSource(RunKind.class)
    void whatATrustedAgentScannedIsSignedForEveryKindOfRun(RunKind kind) throws Exception {
        RecordedImage scanned =
                image(false, seenBy(Observer.TRUSTED_AGENT, SCANNED), seenBy(Observer.TRUSTED_AGENT, LISTED));
        KeyEntry scans = key("scans", List.of(SCAN, SBOM), List.of());
        scans.setImages(List.of("registry.example.com/**"));
        assertThat(keys(scanned, Set.of(kind), scans)).containsOnlyKeys(SCAN, SBOM);
    }

    /** Where a change request's own code runs, its scan says what it likes. */
    @ParameterizedTest
    @MethodSource("markedKinds")
    void whatAMarkedRunScannedOnItsOwnAgentIsSignedOnlyByAKeyThatAcceptsIt(RunKind kind) throws Exception {
        for (PendingStatement seen : List.of(SCANNED, LISTED)) {
            RecordedImage image = image(
                    true,
                    seenBy(Observer.TRUSTED_AGENT, ARun.pending(seen.predicateType(), seen.role(), DIGEST, "apart")),
                    seenBy(Observer.BUILD_AGENT, seen));
            KeyEntry strict = key("all", List.of(IMAGE, seen.role()), List.of());
            assertThatThrownBy(() -> keys(SigningPlan.of(image).toAccept(Set.of(kind)), true, strict))
                    .hasMessageContaining("does not sign images, " + seen.role().plural())
                    .hasMessageContaining("accept " + kind.setting())
                    .hasMessageContaining("In the job: " + kind.advice());
            assertThat(keys(image, Set.of(kind), key("all", List.of(IMAGE, seen.role()), List.of(kind))))
                    .containsKey(seen.role());
            assertThat(keys(image, FROM_SCM, strict)).containsKey(seen.role());
        }
    }

    static Set<RunKind> markedKinds() {
        return RunKind.marked();
    }

    /** Otherwise any job could block another team's image by a test that fails, or clear it by a scan of its own. */
    @ParameterizedTest
    @EnumSource(
            value = KeyRole.class,
            names = {"TEST", "SCAN", "SBOM", "ATTESTATION"})
    void aKeyThatNamesNoImagesSignsNothingAboutImagesOfOtherRuns(KeyRole role) throws Exception {
        KeyEntry key = key("release", List.of(KeyRole.values()), List.of());
        Map<KeyRole, Set<RunKind>> wanted = Map.of(role, FROM_SCM);
        assertThat(keys(wanted, true, key)).containsKey(role);
        assertThatThrownBy(() -> keys(wanted, false, key))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("key 'release' signs " + role.plural()
                        + " only about images that the same run built, and this run did not build"
                        + " registry.example.com/staging/shop")
                .hasMessageContaining("an administrator can name, in the key's 'Names of images' (images in code)")
                .hasMessageContaining("Manage Jenkins, Airworthy");
        key.setImages(List.of("registry.example.com/staging/*"));
        assertThat(keys(wanted, false, key)).containsKey(role);
        key.setImages(List.of("registry.example.com/other/*"));
        assertThatThrownBy(() -> keys(wanted, false, key)).hasMessageContaining("signs images named");
    }

    /** A verdict is the gate's own statement about the image that it promotes, regardless of the run that built it. */
    @Test
    void aVerdictNeedsNoNamesOfImages() throws Exception {
        assertThat(keys(Map.of(VERDICT, FROM_SCM), false, key("gate", List.of(VERDICT), List.of())))
                .containsKey(VERDICT);
    }

    @Test
    void nothingIsSignedAsAnApprovalBeforeThereAreApprovals() {
        for (String type : List.of(
                "https://plugins.jenkins.io/airworthy/approval/v1",
                "https://example.com/review/v1",
                "https://in-toto.io/attestation/svr/v0.2")) {
            assertThat(SignedTypes.allows(APPROVAL, type)).as(type).isFalse();
        }
        assertThat(SignedTypes.allows(ATTESTATION, "https://example.com/review/v1"))
                .isTrue();
        assertThat(SignedTypes.allows(ATTESTATION, "https://plugins.jenkins.io/airworthy/approval/v1"))
                .isFalse();
    }

    @Test
    void testResultsOfMarkedRunsAreSignedOnlyByAKeyThatAcceptsThem() throws Exception {
        KeyEntry tests = key("tests", List.of(TEST), List.of(RunKind.INLINE));
        assertThat(keys(Set.of(TEST), Set.of(RunKind.INLINE), tests)).containsKey(TEST);
        assertThatThrownBy(() -> keys(Set.of(TEST), Set.of(RunKind.REPLAYED), tests))
                .hasMessageContaining("accept 'A replayed run' (REPLAYED in code)");
    }

    @Test
    void acceptingOneMarkIsNotAcceptingTwo() {
        KeyEntry replays = key("release", List.of(IMAGE), List.of(RunKind.REPLAYED));
        assertThatThrownBy(() -> keys(Set.of(IMAGE), Set.of(RunKind.REPLAYED, RunKind.CHANGE_REQUEST), replays))
                .hasMessageContaining("accept 'A run of a change request' (CHANGE_REQUEST in code)");
    }

    @Test
    void aRoleThatTheKeyLacksIsRefused() {
        assertThatThrownBy(() -> keys(Set.of(PROVENANCE), FROM_SCM, key("images", List.of(IMAGE), List.of())))
                .hasMessageContaining("does not sign provenance");
    }

    @Test
    void reportsAllRefusalsTogetherBeforeAnythingIsSigned() {
        KeyEntry images = key("images", List.of(IMAGE), List.of());
        assertThatThrownBy(() -> keys(Set.of(IMAGE, TEST, SCAN), FROM_SCM, images))
                .hasMessageContaining("test results")
                .hasMessageContaining("scan results");
    }

    @Test
    void everyRoleMayHaveAKeyOfItsOwn() throws Exception {
        Map<KeyRole, OfferedKey> keys = keys(
                Set.of(IMAGE, SCAN),
                FROM_SCM,
                key("images", List.of(IMAGE), List.of()),
                key("scans", List.of(SCAN), List.of()));
        List<String> names = new ArrayList<>();
        keys.forEach((role, key) -> names.add(role + " " + key.name()));
        assertThat(names).containsExactlyInAnyOrder("IMAGE images", "SCAN scans");
    }

    @ParameterizedTest
    @MethodSource("reserved")
    void aFreeFormAttestationUsesNoTypeOfTheProducts(String type) {
        assertThat(SignedTypes.allows(ATTESTATION, type)).isFalse();
        assertThatThrownBy(() -> PredicateTypes.requireOwn(type, "predicateType"))
                .isInstanceOf(InvalidInputException.class);
    }

    static Stream<String> reserved() {
        return Stream.concat(
                PredicateTypes.RESERVED.stream(),
                Stream.of(
                        "HTTPS://SLSA.dev/provenance/v1",
                        "https://slsa.dev/provenance/v0.2",
                        "https://slsa.dev/provenance",
                        "https://slsa.dev/provenance/v1#clean",
                        "http://slsa.dev/provenance/v1?",
                        "https://cosign.sigstore.dev/attestation/vuln/v1//"));
    }

    @Test
    void eachTypeOfTheProductsHasOneRole() {
        for (String type : PredicateTypes.RESERVED) {
            assertThat(Stream.of(KeyRole.values()).filter(role -> SignedTypes.allows(role, type)))
                    .as(type)
                    .hasSize(1);
        }
    }
}
