package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.MemoryStore;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import io.jenkins.plugins.airworthy.tools.TestData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Signature and attestation that the real cosign made with a private Sigstore, and what can be done to them. */
class KeylessBundlesTest {
    private static final Descriptor IMAGE = new Descriptor(
            MediaTypes.OCI_MANIFEST,
            new Digest("fbc5b97b1ec481dd54473285b24c3dd1c13ccafe8f6f74006e0177653a9ffdda"),
            100);
    private static final Signer.Identity JOB =
            new Signer.Identity("http://127.0.0.1:18100/ci", "https://jenkins.example.com/job/app/");
    private static final Instant SIGNED = Instant.parse("2026-11-23T11:32:47Z");

    private final MemoryStore store = new MemoryStore();
    private ObjectNode root = json("trusted_root.json");
    private Clock clock = Clock.fixed(SIGNED.plus(Duration.ofDays(400)), ZoneOffset.UTC);
    private List<IdentityPattern> identities = List.of(new IdentityPattern(JOB.issuer(), JOB.subject()));

    private static ObjectNode json(String name) {
        try {
            byte[] bytes = Files.readAllBytes(TestData.require("private-stack/" + name));
            return StrictJson.parseObject(bytes, name, 1 << 20).node();
        } catch (IOException | InvalidInputException e) {
            throw new IllegalStateException(e);
        }
    }

    private SigstoreTrust trust() throws InvalidInputException {
        return new SigstoreTrust(TrustedRoot.parse(StrictJson.write(root), "trusted root"), clock);
    }

    private EvidenceFound read(ObjectNode bundle) throws Exception {
        Forge.attach(store, IMAGE, StrictJson.write(bundle));
        return EvidenceReader.read(
                store, IMAGE.digest(), new TrustedSigners(List.of(), Optional.of(trust()), identities));
    }

    private void assertRejected(ObjectNode bundle, String reason) throws Exception {
        EvidenceFound found = read(bundle);
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected()).hasSize(1);
        assertThat(found.rejected().get(0).reason()).contains(reason);
    }

    private static ObjectNode material(ObjectNode bundle) {
        return (ObjectNode) bundle.get("verificationMaterial");
    }

    @ParameterizedTest
    @CsvSource({
        "sign.bundle, 2026-11-23T11:32:46Z, " + PredicateTypes.COSIGN_SIGNATURE,
        "attest.bundle, 2026-11-23T11:32:47Z, https://example.com/pred/v1"
    })
    void believesWhatTheTrustedIdentitySigned(String name, Instant signed, String type) throws Exception {
        EvidenceFound found = read(json(name));
        assertThat(found.rejected()).isEmpty();
        assertThat(found.verified()).hasSize(1);
        assertThat(found.verified().get(0).predicateType()).isEqualTo(type);
        assertThat(found.verified().get(0).signer().sameness()).isEqualTo(JOB.sameness());
        assertThat(found.verified().get(0).signer().certified())
                .contains("runInvocation=https://jenkins.example.com/job/app/1/");
        assertThat(found.verified().get(0).signedAt()).contains(signed);
    }

    @Test
    void anEmptyListOfIdentitiesMatchesNoSigner() throws Exception {
        identities = List.of();
        assertRejected(json("sign.bundle"), "which no trusted identity matches");
    }

    @Test
    void anotherIssuerOrSubjectIsAnotherIdentity() throws Exception {
        identities = List.of(
                new IdentityPattern(JOB.issuer(), JOB.subject() + "x"),
                new IdentityPattern(JOB.issuer() + "/", JOB.subject()));
        assertRejected(
                json("sign.bundle"),
                "signed by identity https://jenkins.example.com/job/app/ (issuer http://127.0.0.1:18100/ci), which no"
                        + " trusted identity matches");
    }

    /** CVE-2022-36056 and CVE-2026-22703: a true entry of the log, about another artefact. */
    @Test
    void rejectsLogEntryOfAnotherArtefact() throws Exception {
        ObjectNode bundle = json("sign.bundle");
        material(bundle).set("tlogEntries", material(json("attest.bundle")).get("tlogEntries"));
        assertRejected(bundle, "the log recorded another artefact");
    }

    /** One good entry does not make up for another that is not about this. */
    @Test
    void rejectsLogEntryOfAnotherArtefactNextToTheRightOne() throws Exception {
        ObjectNode bundle = json("sign.bundle");
        material(bundle)
                .withArray("tlogEntries")
                .add(material(json("attest.bundle")).get("tlogEntries").get(0));
        assertRejected(bundle, "the log recorded another artefact");
    }

    @Test
    void rejectsTimestampOfAnotherSignature() throws Exception {
        ObjectNode bundle = json("sign.bundle");
        String name = "timestampVerificationData";
        material(bundle).set(name, material(json("attest.bundle")).get(name));
        assertRejected(bundle, "timestamp: is not about the bundle's signature");
    }

    @Test
    void rejectsCertificateOfAnotherSignature() throws Exception {
        ObjectNode bundle = json("sign.bundle");
        material(bundle).set("certificate", material(json("attest.bundle")).get("certificate"));
        assertRejected(bundle, "the log recorded another signer");
    }

    @Test
    void rejectsEnvelopeOfAnotherSignature() throws Exception {
        ObjectNode bundle = json("sign.bundle");
        bundle.set("dsseEnvelope", json("attest.bundle").get("dsseEnvelope"));
        assertRejected(bundle, "timestamp: is not about the bundle's signature");
    }

    @Test
    void rejectsBundleWithoutLogEntry() throws Exception {
        ObjectNode bundle = json("sign.bundle");
        material(bundle).remove("tlogEntries");
        assertRejected(bundle, "log entry: is missing");
    }

    @Test
    void rejectsBundleWithoutTrustedTime() throws Exception {
        ObjectNode bundle = json("sign.bundle");
        material(bundle).remove("timestampVerificationData");
        assertRejected(bundle, "timestamp: no authority and no log says when it was signed");
    }

    /** A time that the log did not sign is nobody's. */
    @Test
    void rejectsIntegratedTimeWithoutAPromise() throws Exception {
        ObjectNode bundle = json("sign.bundle");
        material(bundle).remove("timestampVerificationData");
        ((ObjectNode) material(bundle).get("tlogEntries").get(0)).put("integratedTime", "1795433567");
        assertRejected(bundle, "timestamp: no authority and no log says when it was signed");
    }

    @ParameterizedTest
    @CsvSource({
        "certificateAuthorities, names no certificate authority",
        "tlogs, or no log whose key is known",
    })
    void refusesARootWithoutAuthorityOrLog(String part, String reason) {
        root.putArray(part);
        assertThatThrownBy(this::trust).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "ctlogs, signed certificate timestamp: none verifies",
        "timestampAuthorities, timestamp: was signed by no authority that the trusted root names",
    })
    void rejectsEvidenceIfTheRootNamesNoAuthority(String part, String reason) throws Exception {
        root.putArray(part);
        assertRejected(json("sign.bundle"), reason);
    }

    @ParameterizedTest
    @CsvSource({
        "certificateAuthorities, certificate: the authority is trusted from",
        "timestampAuthorities, timestamp: its authority: the authority is trusted from",
    })
    void rejectsAnAuthorityThatWasNoLongerTrusted(String part, String reason) throws Exception {
        ((ObjectNode) root.get(part).get(0).get("validFor")).put("end", "2026-11-23T11:32:45Z");
        assertRejected(json("sign.bundle"), reason);
    }

    @ParameterizedTest
    @CsvSource({"tlogs, its log is trusted from", "ctlogs, signed certificate timestamp: none verifies"})
    void rejectsALogThatWasNoLongerTrusted(String part, String reason) throws Exception {
        ((ObjectNode) root.get(part).get(0).get("publicKey").get("validFor")).put("end", "2026-11-23T11:32:45Z");
        assertRejected(json("sign.bundle"), reason);
    }

    @Test
    void rejectsAnotherSigstoreInstance() throws Exception {
        byte[] other = Files.readAllBytes(TestData.require("sigstore-conformance/trusted_root.production.json"));
        root = StrictJson.parseObject(other, "root", 1 << 20).node();
        assertRejected(json("sign.bundle"), "timestamp: was signed by no authority that the trusted root names");
    }

    @Test
    void rejectsASignatureOfTheFuture() throws Exception {
        clock = Clock.fixed(SIGNED.minus(Duration.ofMinutes(6)), ZoneOffset.UTC);
        assertRejected(json("sign.bundle"), "which is in the future: a clock is wrong");
    }

    @Test
    void aChangedBundleSaysWhatWasSignedOrNothing() throws Exception {
        BundleVerifier verifier =
                new BundleVerifier(IMAGE.digest(), new TrustedSigners(List.of(), Optional.of(trust()), identities));
        byte[] bundle = StrictJson.write(json("attest.bundle"));
        EvidenceCheck.Believed original = (EvidenceCheck.Believed) verifier.judge(IMAGE.digest(), bundle, "bundle");
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = changed(bundle, random);
            try {
                EvidenceCheck judgement = verifier.judge(IMAGE.digest(), changed, "bundle");
                assertThat(((EvidenceCheck.Believed) judgement).evidence()).isEqualTo(original.evidence());
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageStartingWith("bundle");
            }
        }
    }

    @Test
    void aChangedTrustedRootIsReadOrRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(TestData.require("private-stack/trusted_root.json"));
        Random random = new Random(13);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            try {
                TrustedRoot.parse(changed(bytes, random), "root");
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageStartingWith("root");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    private static byte[] changed(byte[] original, Random random) {
        byte[] changed =
                random.nextInt(20) == 0 ? Arrays.copyOf(original, random.nextInt(original.length)) : original.clone();
        byte[] alphabet = "ABab01+/=\"{}[]:,\\ u".getBytes(StandardCharsets.US_ASCII);
        for (int changes = 1 + random.nextInt(3); changes > 0 && changed.length > 0; changes--) {
            changed[random.nextInt(changed.length)] =
                    random.nextInt(4) == 0 ? (byte) random.nextInt() : alphabet[random.nextInt(alphabet.length)];
        }
        return changed;
    }
}
