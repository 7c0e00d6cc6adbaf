package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Images whose evidence is at cosign's older tags are judged and promoted like others. */
class LegacyPromotionTest {
    @TempDir
    private Path folder;

    private Staging staging;
    private Manifest image;

    @BeforeEach
    void stageAGoodImage() throws Exception {
        staging = new Staging(folder);
        image = staging.image("v1", "good");
        sign(staging.store, staging.release);
        attach(staging.store, tests(TestResult.Outcome.PASSED), staging.release);
    }

    private void sign(ImageStore store, SigningKey key) throws Exception {
        attach(store, EvidenceWriter.signatureOf(Staging.subject(image), Optional.of(Staging.seen(Staging.NOW))), key);
    }

    private Statement tests(TestResult.Outcome outcome) {
        return new TestResult(
                        "junit",
                        outcome,
                        outcome == TestResult.Outcome.PASSED ? List.of("starts") : List.of(),
                        List.of(),
                        outcome == TestResult.Outcome.PASSED ? List.of() : List.of("starts"),
                        List.of(new TestResult.Configuration("junit.xml", Optional.empty())))
                .toStatement(Staging.subject(image), Staging.seen(Staging.NOW));
    }

    private void attach(ImageStore store, Statement statement, SigningKey key)
            throws AirworthyException, InterruptedException {
        EvidenceWriter.attach(
                store, image.descriptor(), statement, new KeySigner(key, EvidenceFormat.LEGACY), Staging.CLOCK);
    }

    private String place(String ending) {
        return "sha256-" + image.digest().hex() + ending;
    }

    private static List<Descriptor> layers(ImageStore store, String tag) throws Exception {
        return ((ImageManifest) store.manifest(tag).orElseThrow()).layers();
    }

    @Test
    void carriesTheSignaturesAndAttestationsThatDecided() throws Exception {
        Promotion.Promoted promoted = (Promotion.Promoted) staging.promote("v1");

        assertThat(staging.productionStore().manifest("v1")).contains(image);
        for (String ending : List.of(".sig", ".att")) {
            assertThat(layers(staging.productionStore(), place(ending)))
                    .hasSize(1)
                    .isEqualTo(layers(staging.store, place(ending)));
            assertThat(promoted.judged().verdict().evidence())
                    .contains(staging.store.resolve(place(ending)).orElseThrow().digest());
        }
        assertThat(EvidenceReader.read(staging.productionStore(), image.digest(), staging.keys())
                        .verified())
                .hasSize(3); // and the summary, a bundle
        assertThat(promoted.copied().manifests()).isEqualTo(3);
    }

    @Test
    void carriesNoLayersThatNobodyBelieves() throws Exception {
        sign(staging.store, staging.stranger);

        staging.promote("v1");

        assertThat(layers(staging.store, place(".sig"))).hasSize(2);
        assertThat(layers(staging.productionStore(), place(".sig")))
                .hasSize(1)
                .isSubsetOf(layers(staging.store, place(".sig")));
    }

    /** A manifest at a tag could claim to be attached to another image too, and would be listed there. */
    @Test
    void carriesNoSubjectThatAManifestAtATagClaims() throws Exception {
        Manifest honest = staging.store.manifest(place(".sig")).orElseThrow();
        Manifest other = staging.image("other", "another");
        String claim = new String(honest.content().bytes(), StandardCharsets.UTF_8)
                .replace(
                        "{\"schemaVersion\"",
                        "{\"subject\":"
                                + new String(StrictJson.write(other.descriptor().toJson()), StandardCharsets.UTF_8)
                                + ",\"schemaVersion\"");
        Manifest claiming = Manifest.parse(honest.content().mediaType(), claim.getBytes(StandardCharsets.UTF_8));
        staging.store.putManifest(claiming);
        staging.store.tag(place(".sig"), claiming);

        staging.promote("v1");

        Manifest carried = staging.productionStore().manifest(place(".sig")).orElseThrow();
        assertThat(((ImageManifest) carried).layers()).isEqualTo(((ImageManifest) honest).layers());
        assertThat(carried.subject()).isEmpty();
        assertThat(staging.productionStore().referrers(other.digest())).isEmpty();
    }

    @Test
    void keepsWhatOthersHaveAtTheTarget() throws Exception {
        sign(staging.productionStore(), staging.stranger);
        List<Descriptor> theirs = layers(staging.productionStore(), place(".sig"));

        staging.promote("v1");
        List<Descriptor> both = layers(staging.productionStore(), place(".sig"));
        staging.promote("v1");

        assertThat(both).hasSize(2).containsAll(theirs).containsAll(layers(staging.store, place(".sig")));
        assertThat(layers(staging.productionStore(), place(".sig"))).isEqualTo(both);
    }

    @Test
    void writesTheImageAsTheFirstEntryOfTheTargetFolder() throws Exception {
        staging.promote("v1");
        String index = Files.readString(folder.resolve("production/app/index.json"));
        assertThat(index.indexOf("\"v1\"")).isPositive().isLessThan(index.indexOf(".sig\""));
    }

    @Test
    void countsOneKeyInOldestAndNewestFormatOnce() throws Exception {
        staging.sign(image, staging.release);
        Judged judged = new Gate(Staging.STORES, Staging.CLOCK)
                .verify(
                        new VerifyRequest(
                                staging.staged("v1"),
                                Optional.empty(),
                                twoSigners(),
                                List.of(staging.keys().get(0), new TrustedKey("other", staging.stranger.publicKey()))),
                        Progress.SILENT);
        assertThat(judged.verdict().passed()).isFalse();
        assertThat(judged.verdict().items())
                .anySatisfy(item -> assertThat(item.reason()).contains("signed by 1 of the 2 different signers"));
    }

    private Policy twoSigners() throws Exception {
        String yaml = """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: two}
                spec:
                  mode: enforce
                  trust: {keys: [release, other], observed: build-agent}
                  images:
                    - {from: "oci:%s/staging/{app}"}
                  without:
                    - {rule: vulnerabilities, reason: no scanner runs here}
                  checklist:
                    - signature: {threshold: 2}
                """.formatted(folder);
        return Policy.parse(yaml.getBytes(StandardCharsets.UTF_8), "two.yaml");
    }

    /** What is promoted is what was judged, not what is at the tag by then. */
    @Test
    void carriesWhatWasJudgedWhenTheTagOfTheSignaturesMovesInBetween() throws Exception {
        List<Descriptor> judged = layers(staging.store, place(".att"));
        AtomicBoolean moved = new AtomicBoolean();
        ImageStores moving = reference -> new PassingStore(Staging.STORES.open(reference)) {
            @Override
            public Optional<Manifest> manifest(String asked) throws AirworthyException, InterruptedException {
                Optional<Manifest> found = super.manifest(asked);
                if (asked.equals(place(".att")) && !moved.getAndSet(true)) {
                    attach(staging.store, tests(TestResult.Outcome.FAILED), staging.release);
                }
                return found;
            }
        };

        staging.promote(moving, staging.request("v1", staging.policy()));

        assertThat(layers(staging.store, place(".att"))).hasSize(2);
        assertThat(layers(staging.productionStore(), place(".att"))).isEqualTo(judged);
    }

    @Test
    void leavesTheTagWhenTheSignaturesCannotBeWritten() throws Exception {
        List<String> tagged = new ArrayList<>();
        ImageStores broken = reference -> new PassingStore(Staging.STORES.open(reference)) {
            @Override
            public Optional<UndecidedException> tagOnce(String tag, Optional<Digest> before, Manifest manifest)
                    throws UndecidedException {
                tagged.add(tag);
                throw new UndecidedException("the disk is full");
            }
        };

        assertThatThrownBy(() -> staging.promote(broken, staging.request("v1", staging.policy())))
                .isInstanceOf(UndecidedException.class);

        assertThat(tagged).containsExactly(place(".sig"));
        assertThat(staging.productionStore().resolve("v1")).isEmpty();
    }

    @Test
    void promotesNothingWhereTheTargetsTagIsAnIndex() throws Exception {
        Manifest index = Samples.put(staging.productionStore(), Samples.index());
        staging.productionStore().tag(place(".sig"), index);

        assertThatThrownBy(() -> staging.promote("v1"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("it is an index");

        assertThat(staging.productionStore().resolve("v1")).isEmpty();
        assertThat(staging.productionStore().manifest(place(".sig"))).contains(index);
    }
}
