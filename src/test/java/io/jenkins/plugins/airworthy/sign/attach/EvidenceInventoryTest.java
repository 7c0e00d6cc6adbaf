package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.ClaimedIdentity;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.util.List;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

/** What is attached is listed whole, also by a reader who believes nobody. */
class EvidenceInventoryTest extends AttackedImage {
    private static final TrustedSigners NOBODY = TrustedSigners.of(List.of());

    private EvidenceInventory believingNobody() throws Exception {
        return EvidenceReader.inventory(store, IMAGE.digest(), NOBODY, ClaimedIdentity::in);
    }

    private EvidenceInventory believingTheKey() throws Exception {
        return EvidenceReader.inventory(
                store,
                IMAGE.digest(),
                TrustedSigners.of(List.of(new TrustedKey("release", KEY.publicKey()))),
                ClaimedIdentity::in);
    }

    @Test
    void aReaderWithoutKeysSeesTypeKeyAndTimeAsClaims() throws Exception {
        byte[] bundle = StrictJson.write(Forge.bundle(PAYLOAD, KEY));
        ObjectNode manifest = manifestAround(bundle);
        manifest.putObject("annotations")
                .put(EvidenceWriter.CREATED, "2027-01-31T12:00:00Z")
                .put(EvidenceWriter.PREDICATE_TYPE, "https://example.com/claimed/v1");
        Digest digest = Forge.put(store, manifest);
        assertThat(believingNobody().pieces()).singleElement().satisfies(piece -> {
            assertThat(piece.manifest()).isEqualTo(digest);
            assertThat(piece.verified()).isEmpty();
            assertThat(piece.predicateType()).contains("https://example.com/claimed/v1");
            assertThat(piece.attached().orElseThrow()).hasToString("2027-01-31T12:00:00Z");
            assertThat(piece.hint())
                    .isEqualTo(new SignerHint.Key(KEY.publicKey().fingerprint()));
            assertThat(piece.content().orElseThrow().size()).isEqualTo(bundle.length);
            assertThat(piece.reason()).contains("no key was given");
        });
        assertThat(believingTheKey().pieces()).singleElement().satisfies(piece -> assertThat(piece.type())
                .contains(Forge.statement(IMAGE).predicateType()));
    }

    @Test
    void aForgedHintMakesNothingVerified() throws Exception {
        ObjectNode bundle = Forge.bundle(PAYLOAD, STRANGER);
        ((ObjectNode) Forge.material(bundle).get("publicKey"))
                .put("hint", Forge.base64(KEY.publicKey().fingerprintBytes()));
        Forge.attach(store, IMAGE, StrictJson.write(bundle));
        assertThat(believingTheKey().verified()).isZero();
        assertThat(believingTheKey().pieces()).singleElement().satisfies(piece -> {
            assertThat(piece.hint())
                    .isEqualTo(new SignerHint.Key(KEY.publicKey().fingerprint()));
            assertThat(piece.reason()).contains("does not verify with the key it names");
        });
    }

    @Test
    void copiesAreListedWithTheHintOfTheirBundle() throws Exception {
        byte[] bundle = StrictJson.write(Forge.bundle(PAYLOAD, KEY));
        ObjectNode one = manifestAround(bundle);
        Forge.put(store, one);
        ObjectNode two = manifestAround(bundle);
        two.putObject("annotations").put(EvidenceWriter.CREATED, "2027-01-31T12:00:00Z");
        Forge.put(store, two);
        EvidenceInventory inventory = believingTheKey();
        assertThat(inventory.verified()).isEqualTo(1);
        assertThat(inventory.pieces())
                .extracting(StoredEvidence::hint)
                .containsOnly(new SignerHint.Key(KEY.publicKey().fingerprint()))
                .hasSize(2);
    }

    @Test
    void aBundleThatCannotBeReadIsListedWithItsSizeAndTheReason() throws Exception {
        Forge.attach(store, IMAGE, Forge.bytes("{\"no\": \"bundle\"}"));
        assertThat(believingNobody().pieces()).singleElement().satisfies(piece -> {
            assertThat(piece.content().orElseThrow().size()).isEqualTo(16);
            assertThat(piece.hint()).isEqualTo(new SignerHint.Unnamed());
            assertThat(piece.reason()).contains("mediaType");
        });
    }

    @Test
    void referrersOfOtherToolsAreListedApart() throws Exception {
        ObjectNode manifest = Forge.manifest(IMAGE, Forge.put(store, Forge.bytes("{}")));
        manifest.put("artifactType", "application/vnd.example.report");
        Digest digest = Forge.put(store, manifest);
        EvidenceInventory inventory = believingNobody();
        assertThat(inventory.pieces()).isEmpty();
        assertThat(inventory.others()).extracting(Descriptor::digest).containsExactly(digest);
    }

    @Test
    void theHolderOfACertificateIsNamedAlsoAtAnOlderTag() throws Exception {
        MintedSigstore sigstore = new MintedSigstore();
        ObjectNode layer =
                new MintedLegacy(sigstore).signatureLayer(store, StrictJson.write(LegacyForge.payload(IMAGE)));
        LegacyForge.tag(store, LegacyTag.SIGNATURES, IMAGE.digest(), layer);
        assertThat(believingNobody().pieces()).singleElement().satisfies(piece -> {
            assertThat(piece.tag()).contains(LegacyTag.SIGNATURES.of(IMAGE.digest()));
            assertThat(piece.verified()).isEmpty();
            assertThat(piece.hint())
                    .isEqualTo(new SignerHint.Certificate(
                            new Signer.Identity(MintedSigstore.ISSUER, MintedSigstore.SUBJECT)));
        });
    }

    @Test
    void aKeysHintIsBounded() throws Exception {
        ObjectNode bundle = Forge.bundle(PAYLOAD, KEY);
        ((ObjectNode) Forge.material(bundle).get("publicKey")).put("hint", "\u001b[2J".repeat(1000));
        byte[] bytes = StrictJson.write(bundle);
        Descriptor content = Forge.put(store, bytes);
        store.putBlob(content, () -> new ByteArrayInputStream(bytes));
        Forge.put(store, Forge.manifest(IMAGE, content));
        assertThat(believingNobody().pieces()).singleElement().satisfies(piece -> assertThat(
                        ((SignerHint.Key) piece.hint()).fingerprint())
                .hasSize(SignerHint.MAX_HINT));
    }
}
