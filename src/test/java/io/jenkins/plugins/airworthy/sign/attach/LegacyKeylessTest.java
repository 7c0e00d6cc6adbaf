package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.sign.MemoryStore;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.Pem;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.OTHER_IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;

/** Certificates, log entries and times in the annotations of a layer (attacks, rows 4, 5 and 6). */
class LegacyKeylessTest {
    private static final byte[] STATEMENT = Forge.statement(IMAGE).toBytes();
    private static final IdentityPattern EXPECTED = new IdentityPattern(MintedSigstore.ISSUER, MintedSigstore.SUBJECT);

    private final MintedSigstore sigstore = new MintedSigstore();
    private final MintedLegacy minted = new MintedLegacy(sigstore);
    private final MemoryStore store = new MemoryStore();
    private final Clock clock = Clock.fixed(SIGNED.plus(Duration.ofDays(30)), ZoneOffset.UTC);
    private List<TrustedKey> keys = List.of();
    private List<IdentityPattern> identities = List.of(EXPECTED);

    private static byte[] payload() throws Exception {
        return StrictJson.write(LegacyForge.payload(IMAGE));
    }

    private ObjectNode signature() throws Exception {
        return minted.signatureLayer(store, payload());
    }

    private EvidenceFound read() throws Exception {
        TrustedRoot root = TrustedRoot.parse(StrictJson.write(sigstore.trustedRoot()), "trusted root");
        return EvidenceReader.read(
                store,
                IMAGE.digest(),
                new TrustedSigners(keys, Optional.of(new SigstoreTrust(root, clock)), identities));
    }

    private void tag(ObjectNode layer) throws Exception {
        LegacyForge.tag(store, LegacyTag.SIGNATURES, IMAGE.digest(), layer);
    }

    private static ObjectNode annotations(ObjectNode layer) {
        return (ObjectNode) layer.get("annotations");
    }

    private static ObjectNode json(ObjectNode layer, String annotation) throws Exception {
        String text = annotations(layer).get(annotation).textValue();
        return StrictJson.parseObject(Forge.bytes(text), annotation, 1_000_000).node();
    }

    private void assertBelieved() throws Exception {
        EvidenceFound found = read();
        assertThat(found.rejected()).isEmpty();
        assertThat(found.verified())
                .singleElement()
                .extracting(evidence -> evidence.signer())
                .isEqualTo(new Signer.Identity(MintedSigstore.ISSUER, MintedSigstore.SUBJECT));
    }

    private void assertRejected(ObjectNode layer, String reason) throws Exception {
        tag(layer);
        assertRejected(reason);
    }

    private void assertRejected(String reason) throws Exception {
        EvidenceFound found = read();
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected())
                .singleElement()
                .extracting(RejectedEvidence::reason)
                .asString()
                .contains(reason);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void believesASignatureThatTheLogPromised(boolean timed) throws Exception {
        minted.timed = timed;
        tag(signature());
        assertBelieved();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dsse 0.0.1", "intoto 0.0.1", "intoto 0.0.2", "hashedrekord 0.0.1"})
    void believesAnAttestationInEveryKindOfEntry(String kind) throws Exception {
        minted.kind = kind;
        minted.timed = true;
        for (boolean envelopeTimed : new boolean[] {true, false}) {
            LegacyForge.tag(
                    store,
                    LegacyTag.ATTESTATIONS,
                    IMAGE.digest(),
                    minted.attestationLayer(store, STATEMENT, envelopeTimed));
            assertBelieved();
        }
    }

    /** CVE-2022-36056, CVE-2022-23649 and CVE-2026-22703: a true entry, about something else. */
    @Test
    void refusesTheLogEntryOfAnotherArtefact() throws Exception {
        minted.recorded = StrictJson.write(LegacyForge.payload(OTHER_IMAGE));
        assertRejected(signature(), "the log recorded another artefact");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dsse 0.0.1", "intoto 0.0.1", "intoto 0.0.2", "hashedrekord 0.0.1"})
    void refusesTheLogEntryOfAnotherStatement(String kind) throws Exception {
        minted.kind = kind;
        minted.recorded = Forge.statement(OTHER_IMAGE).toBytes();
        LegacyForge.tag(
                store, LegacyTag.ATTESTATIONS, IMAGE.digest(), minted.attestationLayer(store, STATEMENT, false));
        assertRejected("the log recorded another artefact");
    }

    /** The entry names the envelope; a payload that fits does not help. */
    @Test
    void refusesTheLogEntryOfAnotherEnvelope() throws Exception {
        minted.kind = "intoto 0.0.1";
        ObjectNode layer = minted.attestationLayer(store, STATEMENT, false);
        ObjectNode again = minted.attestationLayer(store, STATEMENT, false);
        annotations(layer)
                .put(
                        LegacyTag.LOG_ENTRY,
                        annotations(again).get(LegacyTag.LOG_ENTRY).textValue())
                .put(
                        LegacyTag.CERTIFICATE,
                        annotations(again).get(LegacyTag.CERTIFICATE).textValue());
        LegacyForge.tag(store, LegacyTag.ATTESTATIONS, IMAGE.digest(), layer);
        assertRejected("the log recorded another artefact");
    }

    @Test
    void refusesTheLogEntryOfAnotherSignature() throws Exception {
        ObjectNode layer = signature();
        annotations(layer)
                .put(
                        LegacyTag.LOG_ENTRY,
                        signature().get("annotations").get(LegacyTag.LOG_ENTRY).textValue());
        assertRejected(layer, "the log recorded another signature");
    }

    @Test
    void refusesTheLogEntryOfAnotherSigner() throws Exception {
        ObjectNode layer = signature();
        // The same key certified a second later.
        sigstore.certified = sigstore.certified.plusSeconds(1);
        annotations(layer)
                .put(
                        LegacyTag.CERTIFICATE,
                        Pem.write("CERTIFICATE", sigstore.certificate().getEncoded()));
        assertRejected(layer, "the log recorded another signer");
    }

    @Test
    void refusesAPromiseThatTheLogDidNotMake() throws Exception {
        ObjectNode layer = signature();
        ObjectNode entry = json(layer, LegacyTag.LOG_ENTRY);
        ((ObjectNode) entry.get("Payload")).put("integratedTime", minted.integrated - 1);
        annotations(layer).put(LegacyTag.LOG_ENTRY, MintedLegacy.text(entry));
        assertRejected(layer, "its signed entry timestamp does not verify");
    }

    @Test
    void refusesASignatureWithoutALogEntry() throws Exception {
        minted.timed = true;
        ObjectNode layer = signature();
        annotations(layer).remove(LegacyTag.LOG_ENTRY);
        assertRejected(layer, "log entry: is missing");
    }

    /** This is what cosign 3 writes of an entry in Rekor 2. */
    @Test
    void refusesAnEntryOfTheSecondVersionOfTheLog() throws Exception {
        ObjectNode layer = signature();
        ObjectNode entry = json(layer, LegacyTag.LOG_ENTRY).putNull("SignedEntryTimestamp");
        annotations(layer).put(LegacyTag.LOG_ENTRY, MintedLegacy.text(entry));
        assertRejected(layer, "version 2 of Rekor gives none");
    }

    @Test
    void refusesAnUnknownKindOfEntry() throws Exception {
        minted.kind = "rekord 0.0.1";
        assertRejected(signature(), "is not a known kind of entry");
    }

    @Test
    void refusesUnknownMembersOfAnEntry() throws Exception {
        ObjectNode layer = signature();
        annotations(layer)
                .put(
                        LegacyTag.LOG_ENTRY,
                        MintedLegacy.text(json(layer, LegacyTag.LOG_ENTRY).put("verified", true)));
        assertRejected(layer, "unknown member");
    }

    @Test
    void refusesASignatureMadeAfterItsCertificateExpired() throws Exception {
        minted.integrated = SIGNED.plus(Duration.ofHours(1)).getEpochSecond();
        assertRejected(signature(), "is valid from");
    }

    @Test
    void refusesATimestampAfterTheCertificateExpiredNextToAnEntryInTime() throws Exception {
        minted.timed = true;
        sigstore.timed = SIGNED.plus(Duration.ofHours(1));
        assertRejected(signature(), "is valid from");
    }

    @Test
    void refusesAnEntryOfTheFuture() throws Exception {
        sigstore.certified = Instant.now(clock).plus(Duration.ofDays(1));
        minted.integrated = sigstore.certified.plusSeconds(5).getEpochSecond();
        assertRejected(signature(), "which is in the future");
    }

    @Test
    void refusesTheTimestampOfAnotherSignature() throws Exception {
        minted.timed = true;
        ObjectNode layer = signature();
        annotations(layer)
                .put(
                        LegacyTag.TIMESTAMP,
                        signature().get("annotations").get(LegacyTag.TIMESTAMP).textValue());
        assertRejected(layer, "is not about the bundle's signature");
    }

    /** Anybody can have an authority of his own and put its whole chain beside his certificate. */
    @Test
    void aChainInAnAnnotationAddsNoTrust() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        sigstore.certifier = generator.generateKeyPair();
        ObjectNode layer = signature();
        annotations(layer)
                .put(
                        "dev.sigstore.cosign/chain",
                        Pem.write("CERTIFICATE", sigstore.certificate().getEncoded()));
        assertRejected(layer, "was issued by no authority that the trusted root names");
    }

    @Test
    void refusesSeveralCertificatesInOneAnnotation() throws Exception {
        ObjectNode layer = signature();
        String certificate = annotations(layer).get(LegacyTag.CERTIFICATE).textValue();
        annotations(layer).put(LegacyTag.CERTIFICATE, certificate + certificate);
        assertRejected(layer, "more than one");
    }

    @Test
    void refusesAKeyWhereTheCertificateBelongs() throws Exception {
        ObjectNode layer = signature();
        annotations(layer)
                .put(LegacyTag.CERTIFICATE, SoftwareKey.generate().publicKey().pem());
        assertRejected(layer, "expected a CERTIFICATE, found 'PUBLIC KEY'");
    }

    @Test
    void refusesAnotherKeysSignatureUnderACertificate() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        sigstore.signer = generator.generateKeyPair();
        assertRejected(signature(), "signature: does not verify with the key of the certificate");
    }

    @Test
    void anEmptyListOfIdentitiesMatchesNoSigner() throws Exception {
        identities = List.of();
        assertRejected(signature(), "which no trusted identity matches");
    }

    @Test
    void refusesAnIdentityThatIsNotTrusted() throws Exception {
        identities = List.of(new IdentityPattern(MintedSigstore.ISSUER, MintedSigstore.SUBJECT + "other/"));
        assertRejected(signature(), "which no trusted identity matches");
    }

    @Test
    void withoutATrustedRootNoCertificateIsBelieved() throws Exception {
        tag(signature());
        EvidenceFound found = EvidenceReader.read(store, IMAGE.digest(), List.of());
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected().get(0).reason()).contains("no trusted root was given");
    }

    /** As {@code cosign sign --key --certificate} writes it: the key is known, so the certificate decides nothing. */
    @Test
    void aTrustedKeysSignatureCountsAsItsOwnDespiteACertificate() throws Exception {
        SoftwareKey key = SoftwareKey.generate();
        keys = List.of(new TrustedKey("release", key.publicKey()));
        ObjectNode layer = LegacyForge.signed(store, payload(), key);
        annotations(layer)
                .put(
                        LegacyTag.CERTIFICATE,
                        Pem.write("CERTIFICATE", sigstore.certificate().getEncoded()))
                .put("dev.sigstore.cosign/chain", "no chain at all");
        tag(layer);
        assertThat(read().verified())
                .singleElement()
                .extracting(evidence -> evidence.signer())
                .isEqualTo(new Signer.Key(key.fingerprint(), Set.of("release")));
    }
}
