package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;
import java.util.Set;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is written at cosign's older tags is read again, and counts as what a bundle would say. */
class LegacyRoundTripTest extends AttackedImage {
    private void attach(SigningKey key) throws Exception {
        KeySigner signer = new KeySigner(key, EvidenceFormat.LEGACY);
        EvidenceWriter.attach(store, IMAGE, LegacyForge.signature(IMAGE), signer, Clock.systemUTC());
        EvidenceWriter.attach(store, IMAGE, Forge.statement(IMAGE), signer, Clock.systemUTC());
    }

    @Test
    void readsWhatItWrote() throws Exception {
        attach(KEY);
        EvidenceFound found = read();
        assertThat(found.rejected()).isEmpty();
        assertThat(found.verified())
                .extracting(VerifiedEvidence::predicateType)
                .containsExactly(PredicateTypes.COSIGN_SIGNATURE, PredicateTypes.PROVENANCE);
        assertThat(found.verified())
                .extracting(VerifiedEvidence::signer)
                .containsOnly(new Signer.Key(KEY.fingerprint(), Set.of("release")));
        assertThat(found.verified()).allSatisfy(evidence -> {
            assertThat(evidence.subject()).isEqualTo(IMAGE.digest());
            assertThat(evidence.statement().observation().orElseThrow().observer())
                    .isEqualTo(Observer.CONTROLLER);
            assertThat(evidence.statement().observation().orElseThrow().at()).isEqualTo(Forge.NOW);
        });
    }

    @Test
    void namesTheTagsWhereTheEvidenceWasFound() throws Exception {
        attach(KEY);
        EvidenceFound found = read();
        assertThat(found.tags())
                .extracting(EvidenceTag::tag)
                .containsExactly(
                        "sha256-" + IMAGE.digest().hex() + ".sig",
                        "sha256-" + IMAGE.digest().hex() + ".att");
        assertThat(found.tags())
                .extracting(EvidenceTag::manifest)
                .containsExactlyElementsOf(found.verified().stream()
                        .map(VerifiedEvidence::manifest)
                        .toList());
    }

    @Test
    void keepsTheLayersOfOthers() throws Exception {
        attach(STRANGER);
        Manifest before = store.tags.get(LegacyTag.SIGNATURES.of(IMAGE.digest()));
        attach(KEY);
        attach(KEY);
        ImageManifest after = (ImageManifest) store.tags.get(LegacyTag.SIGNATURES.of(IMAGE.digest()));
        // ECDSA signs with chance in it, so that the same content signed twice is two signatures.
        assertThat(after.layers()).hasSize(3).containsAll(((ImageManifest) before).layers());
        assertThat(read().verified()).hasSize(4);
        assertThat(read().rejected()).hasSize(2);
    }

    @Test
    void oneKeyIsOneSignerInEveryFormat() throws Exception {
        attach(KEY);
        EvidenceWriter.attach(store, IMAGE, LegacyForge.signature(IMAGE), new KeySigner(KEY), Clock.systemUTC());
        assertThat(read().verified())
                .hasSize(3)
                .extracting(evidence -> evidence.signer().sameness())
                .containsOnly("key " + KEY.fingerprint());
    }

    @Test
    void readingCostsOneRequestForEachTagAndOneForEachBlob() throws Exception {
        attach(KEY);
        attach(STRANGER);
        store.listed.clear();
        store.requests.set(0);
        assertThat(read().verified()).hasSize(2);
        // Both signatures are of the same payload; the two envelopes differ.
        assertThat(store.requests).hasValue(3 + 1 + 2);
    }

    @Test
    void withoutAKeyNothingIsSignedInTheOlderFormat() {
        assertThatThrownBy(EvidenceFormat.LEGACY::requireKeyless)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Rekor 2")
                .hasMessageContaining("Sign with a key, or write bundles");
        assertThatCode(EvidenceFormat.BUNDLE::requireKeyless).doesNotThrowAnyException();
    }

    @Test
    void aKeyThatSignsWronglyPublishesNothing() {
        SigningKey faulty = new SigningKey() {
            @Override
            public VerificationKey publicKey() {
                return KEY.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                return STRANGER.sign(message);
            }
        };
        assertThatThrownBy(() -> attach(faulty)).hasMessageContaining("nothing was written");
        assertThat(store.tags).isEmpty();
        assertThat(store.blobs).isEmpty();
    }

    @Test
    void formatsHaveNames() throws Exception {
        assertThat(EvidenceFormat.parse("legacy", "--evidence-format")).isEqualTo(EvidenceFormat.LEGACY);
        assertThat(List.of(EvidenceFormat.values()))
                .extracting(EvidenceFormat::toString)
                .containsExactly("bundle", "legacy");
        assertThatThrownBy(() -> EvidenceFormat.parse("LEGACY", "--evidence-format"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("--evidence-format 'LEGACY' is not a format of evidence: use bundle or legacy");
    }
}
