package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.Artefact;
import io.jenkins.plugins.airworthy.sign.bundle.ArtefactVerifier;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Older tools signed with SHA-256 whatever the curve: such signatures are believed, and no other digest is, nor made. */
class OlderDigestTest extends AttackedImage {
    /** Signs as an older tool does, or as nobody does. */
    private record OlderTool(KeyPair pair, String algorithm) implements SigningKey {
        static OlderTool on(String curve, String digest) {
            return new OlderTool(MintedSigstore.pair(curve), digest + "withECDSA");
        }

        @Override
        public VerificationKey publicKey() {
            try {
                return VerificationKey.of(pair.getPublic(), "key");
            } catch (InvalidInputException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] sign(byte[] message) {
            try {
                Signature signature = Signature.getInstance(algorithm);
                signature.initSign(pair.getPrivate());
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private EvidenceFound readBy(SigningKey key) throws Exception {
        return EvidenceReader.read(store, IMAGE.digest(), List.of(new TrustedKey("old", key.publicKey())));
    }

    private void attachAll(SigningKey key) throws Exception {
        Forge.attach(store, IMAGE, StrictJson.write(Forge.bundle(PAYLOAD, key)));
        ObjectNode signature = LegacyForge.signed(store, StrictJson.write(LegacyForge.payload(IMAGE)), key);
        LegacyForge.tagSignatures(store, IMAGE.digest(), signature);
        byte[] other = Forge.statement(IMAGE, "attested at the older tag").toBytes();
        LegacyForge.tagAttestations(store, IMAGE.digest(), LegacyForge.attested(store, other, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void aLargeKeysSignatureMadeWithSha256IsBelievedInABundleAndAtTheOlderTags(String curve) throws Exception {
        OlderTool key = OlderTool.on(curve, "SHA256");
        attachAll(key);
        EvidenceFound found = readBy(key);
        assertThat(found.rejected()).isEmpty();
        assertThat(found.verified()).hasSize(3);
        assertThat(read().verified()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "secp256r1, SHA384",
        "secp256r1, SHA1",
        "secp384r1, SHA1",
        "secp384r1, SHA224",
        "secp384r1, SHA512",
        "secp521r1, SHA384",
        "secp521r1, SHA1"
    })
    void noOtherDigestIsBelievedOfAKey(String curve, String digest) throws Exception {
        OlderTool key = OlderTool.on(curve, digest);
        attachAll(key);
        assertThat(readBy(key).verified()).isEmpty();
        assertThat(readBy(key).rejected()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void aCertificatesSignatureMadeWithSha256IsBelieved(String curve) throws Exception {
        MintedSigstore sigstore = new MintedSigstore(curve);
        Forge.attach(store, IMAGE, StrictJson.write(sigstore.bundle(PAYLOAD)));
        TrustedSigners signers = new TrustedSigners(
                List.of(), Optional.of(trust(sigstore)), List.of(new IdentityPattern(MintedSigstore.ISSUER, "**")));
        EvidenceFound found = EvidenceReader.read(store, IMAGE.digest(), signers);
        assertThat(found.rejected()).isEmpty();
        assertThat(found.verified()).hasSize(1);
    }

    private static SigstoreTrust trust(MintedSigstore sigstore) throws Exception {
        return new SigstoreTrust(
                TrustedRoot.parse(StrictJson.write(sigstore.trustedRoot()), "trusted root"),
                Clock.fixed(MintedSigstore.SIGNED.plusSeconds(60), ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void aFileThatWasSignedWithSha256IsBelievedByItsContentAndByItsDigest(String curve) throws Exception {
        MintedSigstore sigstore = new MintedSigstore(curve);
        byte[] file = Forge.bytes("a file");
        byte[] bundle = StrictJson.write(sigstore.messageBundle(file));
        IdentityPattern expected = new IdentityPattern(MintedSigstore.ISSUER, "**");
        ArtefactVerifier verifier = new ArtefactVerifier(trust(sigstore));
        for (Artefact artefact : List.of(Artefact.of(file), Artefact.of(Digest.of(file)))) {
            assertThat(verifier.verify(bundle, "bundle", artefact, expected).subject())
                    .isEqualTo(MintedSigstore.SUBJECT);
        }
        Artefact other = Artefact.of(Forge.bytes("another file"));
        assertThatThrownBy(() -> verifier.verify(bundle, "bundle", other, expected))
                .hasMessageContaining("is not that of the artefact");
    }

    /** What is signed here today must not depend on the tolerance of its readers. */
    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void publishesNothingOfALargeKeyThatSignsWithSha256(String curve) {
        OlderTool key = OlderTool.on(curve, "SHA256");
        for (EvidenceFormat format : EvidenceFormat.values()) {
            StatementSigner signer = new KeySigner(key, format);
            assertThatThrownBy(() -> EvidenceWriter.attach(
                            store, IMAGE, LegacyForge.signature(IMAGE), signer, Clock.systemUTC()))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("nothing was written");
        }
        assertThat(store.manifests).isEmpty();
        assertThat(store.tags).isEmpty();
    }
}
