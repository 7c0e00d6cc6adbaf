package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.TestResult.Outcome;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PromotionTest {
    @TempDir
    Path folder;

    private Staging staging;
    private Manifest image;

    @BeforeEach
    void stageAGoodImage() throws Exception {
        staging = new Staging(folder);
        image = staging.image("v1", "good");
        staging.sign(image, staging.release);
        staging.tests(image, Outcome.PASSED, Staging.NOW, staging.release);
    }

    @Test
    void promotesTheImageWithTheEvidenceThatDecided() throws Exception {
        Descriptor unrelated = staging.sign(image, staging.stranger);

        Promotion.Promoted promoted = (Promotion.Promoted) staging.promote("v1");

        assertThat(staging.productionStore().manifest("v1")).contains(image);
        assertThat(promoted.target().digest()).contains(image.digest());
        List<Digest> carried = staging.productionStore().referrers(image.digest()).stream()
                .map(Descriptor::digest)
                .toList();
        assertThat(carried)
                .containsAll(promoted.judged().verdict().evidence())
                .contains(promoted.summary().orElseThrow())
                .doesNotContain(unrelated.digest())
                .hasSize(3);
    }

    @Test
    void tellsTheVerdictBeforeAnythingIsWritten() throws Exception {
        PromoteRequest request = staging.request("v1", staging.policy());
        List<Judged> told = new ArrayList<>();

        new Gate(Staging.STORES, Staging.CLOCK)
                .promote(
                        request,
                        judged -> {
                            assertThat(staging.folder.resolve("production")).doesNotExist();
                            told.add(judged);
                        },
                        Progress.SILENT);

        assertThat(told).hasSize(1);
        assertThat(staging.productionStore().manifest("v1")).contains(image);
    }

    @Test
    void writesNothingWhenTheVerdictCannotBeKept() throws Exception {
        PromoteRequest request = staging.request("v1", staging.policy());

        assertThatThrownBy(() -> new Gate(Staging.STORES, Staging.CLOCK)
                        .promote(
                                request,
                                judged -> {
                                    throw new UndecidedException("the record cannot be written");
                                },
                                Progress.SILENT))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("the record cannot be written");

        assertThat(staging.folder.resolve("production")).doesNotExist();
    }

    @Test
    void attachesASignedSummaryThatNamesPolicyTargetAndEvidence() throws Exception {
        Promotion.Promoted promoted = (Promotion.Promoted) staging.promote("v1");

        VerifiedEvidence summary =
                EvidenceReader.read(staging.productionStore(), image.digest(), staging.keys()).verified().stream()
                        .filter(e -> e.predicateType().equals(PredicateTypes.VERIFICATION_SUMMARY))
                        .findFirst()
                        .orElseThrow();
        assertThat(summary.statement().predicate().at("/verificationResult").asText())
                .isEqualTo("PASSED");
        assertThat(summary.statement().predicate().at("/resourceUri").asText())
                .isEqualTo(staging.production("v1").toString());
        assertThat(summary.statement().predicate().at("/policy/digest/sha256").asText())
                .isEqualTo(promoted.judged().verdict().policyDigest().hex());
        assertThat(summary.statement().predicate().get("inputAttestations")).hasSize(2);
    }

    @Test
    void refusesAndWritesNothingWithoutASignature() throws Exception {
        staging.tests(staging.image("bad", "unsigned"), Outcome.PASSED, Staging.NOW, staging.release);

        assertThat(staging.promote("bad")).isInstanceOf(Promotion.Refused.class);
        assertThat(folder.resolve("production")).doesNotExist();
    }

    @Test
    void leavesTheOldTagWhenTheNextImageIsRefused() throws Exception {
        staging.promote("v1");
        Manifest changed = staging.image("v1", "changed after signing");

        Promotion.Refused refused = (Promotion.Refused) staging.promote("v1");

        assertThat(refused.judged().image().digest()).isEqualTo(changed.digest());
        assertThat(staging.productionStore().manifest("v1")).contains(image);
        assertThat(staging.productionStore().manifest(changed.digest())).isEmpty();
    }

    /** In a registry without the referrers API the image would stand where the list of another's evidence was. */
    @Test
    void takesNoOtherImagesEvidenceAwayByATagThatStandsForItsList() throws Exception {
        for (String ending : new String[] {"", ".sig", ".att"}) {
            String tag = "sha256-" + "0".repeat(64) + ending;
            PromoteRequest toEvidence = new PromoteRequest(
                    staging.staged("v1"),
                    staging.production(tag),
                    staging.policy(),
                    staging.keys(),
                    Optional.empty(),
                    "https://jenkins.example.com/",
                    Observer.BUILD_AGENT);

            assertThatThrownBy(() -> staging.promote(Staging.STORES, toEvidence))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("the evidence of another image");
        }
        assertThat(folder.resolve("production")).doesNotExist();
    }

    @Test
    void promotesNothingUnderAnAuditPolicy() throws Exception {
        Promotion refused = staging.promote(Staging.STORES, staging.request("v1", staging.policyIn("audit")));

        assertThat(((Promotion.Refused) refused).reason()).contains("audit");
        assertThat(refused.judged().verdict().passed()).isTrue();
        assertThat(folder.resolve("production")).doesNotExist();
    }

    @Test
    void promotesWhatWasJudgedWhenTheTagMovesInBetween() throws Exception {
        ImageStores moving = reference -> new PassingStore(Staging.STORES.open(reference)) {
            @Override
            public Optional<Manifest> manifest(String tag) throws AirworthyException, InterruptedException {
                Optional<Manifest> judged = super.manifest(tag);
                staging.image("v1", "moved between check and use");
                return judged;
            }
        };

        staging.promote(moving, staging.request("v1", staging.policy()));

        assertThat(staging.staged("v1")).isNotEqualTo(image);
        assertThat(staging.store.manifest("v1")).isNotEqualTo(Optional.of(image));
        assertThat(staging.productionStore().manifest("v1")).contains(image);
    }

    @Test
    void carriesNoEvidenceThatWasAddedAfterTheVerdict() throws Exception {
        ImageStores adding = reference -> new PassingStore(Staging.STORES.open(reference)) {
            @Override
            public List<Descriptor> referrers(Digest subject) throws AirworthyException, InterruptedException {
                List<Descriptor> judged = super.referrers(subject);
                staging.tests(image, Outcome.FAILED, Staging.NOW.plusSeconds(1), staging.release);
                return judged;
            }
        };

        Promotion.Promoted promoted =
                (Promotion.Promoted) staging.promote(adding, staging.request("v1", staging.policy()));

        assertThat(staging.productionStore().referrers(image.digest()))
                .hasSize(promoted.judged().verdict().evidence().size() + 1);
    }

    @Test
    void leavesTheTagWhenTheSummaryCannotBeSigned() throws Exception {
        SigningKey lost = new SigningKey() {
            @Override
            public VerificationKey publicKey() {
                return staging.release.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) throws AirworthyException {
                throw new UndecidedException("the key store is down");
            }
        };
        PromoteRequest good = staging.request("v1", staging.policy());
        PromoteRequest request = new PromoteRequest(
                good.image(),
                good.target(),
                good.policy(),
                good.keys(),
                Optional.of(new KeySigner(lost)),
                good.verifier(),
                good.observer());

        assertThatThrownBy(() -> staging.promote(Staging.STORES, request)).hasMessageContaining("key store is down");
        assertThat(staging.productionStore().manifest("v1")).isEmpty();
    }

    @Test
    void decidesNothingWhenListedEvidenceIsMissing() throws Exception {
        Descriptor tests = staging.tests(image, Outcome.FAILED, Staging.NOW, staging.release);
        Files.delete(folder.resolve("staging/app/blobs/sha256")
                .resolve(tests.digest().hex()));

        assertThatThrownBy(() -> staging.promote("v1")).isInstanceOf(UndecidedException.class);
        assertThat(folder.resolve("production")).doesNotExist();
    }

    @Test
    void refusesATargetWithoutTagOrWithDigest() throws Exception {
        PromoteRequest good = staging.request("v1", staging.policy());
        for (String target : List.of(
                good.target().repository(),
                good.target() + "@" + image.digest(),
                good.target().repository() + "@" + image.digest())) {
            PromoteRequest request = new PromoteRequest(
                    good.image(),
                    ImageReference.parse(target),
                    good.policy(),
                    good.keys(),
                    good.summaryKey(),
                    good.verifier(),
                    good.observer());
            assertThatThrownBy(() -> staging.promote(Staging.STORES, request))
                    .as(target)
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThat(folder.resolve("production")).doesNotExist();
    }
}
