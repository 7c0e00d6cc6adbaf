package io.jenkins.plugins.airworthy.sign.sigstore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.sign.FuzzSeeds;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;
import io.jenkins.plugins.airworthy.sign.tlog.InclusionProof;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** What stands beside a signature: whatever is done to it, it proves nothing but what it proved. */
public final class SigstoreFuzzTest {
    private static final Instant SIGNED = Instant.parse("2026-05-01T12:00:00Z");
    private static final int MAX_BYTES = 1024 * 1024;
    private static final ObjectNode BUNDLE = json(FuzzSeeds.read("keyless-v0.1.json"));
    private static final JsonNode ENTRY = BUNDLE.at("/verificationMaterial/tlogEntries/0");
    private static final String CHECKPOINT =
            ENTRY.at("/inclusionProof/checkpoint/envelope").textValue();
    private static final byte[] SIGNATURE = member("/dsseEnvelope/signatures/0/sig");
    private static final byte[] BODY = member("/verificationMaterial/tlogEntries/0/canonicalizedBody");
    private static final byte[] CERTIFICATE =
            member("/verificationMaterial/x509CertificateChain/certificates/0/rawBytes");
    private static final TrustedRoot ROOT = root();
    private static final String PROMISES = "1.3.6.1.4.1.11129.2.4.2";

    @TestFactory
    Stream<DynamicTest> everyProofIsWhatItWasOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("trusted-root", Form.JSON, SigstoreFuzzTest::readRoot)
                        .at(Target.Pace.SLOW)
                        .seeds(List.of(FuzzSeeds.read("trusted_root.json")))
                        .words(
                                "tlogs",
                                "certificateAuthorities",
                                "timestampAuthorities",
                                "PKIX_ED25519",
                                "PKCS1_RSA_PKCS1V5",
                                "PKIX_RSA_PKCS1V15_2048_SHA256",
                                "PKIX_ECDSA_P384_SHA_384",
                                "SHA2_256",
                                "validFor",
                                "end",
                                "checkpointKeyId",
                                "https://log.example.com:8080/log"),
                Target.of("checkpoint", Form.YAML, SigstoreFuzzTest::readCheckpoint)
                        .seeds(CHECKPOINT)
                        .words(
                                "\u2014 ",
                                "\n\n",
                                "log.example.com",
                                " - ",
                                "1",
                                "2",
                                "AAAA",
                                "\u2014 witness AAAAAAAA\n"),
                Target.of("log-entry", Form.JSON, input -> LogEntry.parse(object(input)))
                        .seeds(ENTRY.toString())
                        .words(
                                "logIndex",
                                "integratedTime",
                                "inclusionProof",
                                "inclusionPromise",
                                "-1",
                                "dsse",
                                "0.0.1"),
                Target.of("log-body", Form.JSON, SigstoreFuzzTest::readBody)
                        .seeds(List.of(BODY))
                        .others(
                                "{\"apiVersion\":\"0.0.1\",\"kind\":\"dsse\",\"spec\":{\"payloadHash\":{\"algorithm\":\"sha256\","
                                        + "\"value\":\"00\"},\"signatures\":[{\"signature\":\"AA==\",\"verifier\":\"AA==\"}]}}",
                                "{\"apiVersion\":\"0.0.2\",\"kind\":\"intoto\",\"spec\":{\"content\":{\"payloadHash\":{\"algorithm\":"
                                        + "\"sha256\",\"value\":\"00\"},\"envelope\":{\"signatures\":[{\"sig\":\"AA==\",\"publicKey\":\"AA==\"}]}}}}",
                                "{\"apiVersion\":\"0.0.1\",\"kind\":\"hashedrekord\",\"spec\":{\"data\":{\"hash\":{\"algorithm\":\"sha512\","
                                        + "\"value\":\"00\"}},\"signature\":{\"content\":\"AA==\",\"publicKey\":{\"content\":\"AA==\"}}}}")
                        .words("hashedrekord", "dsse", "intoto", "0.0.1", "0.0.2", "sha256", "sha512", "SHA2_384"),
                Target.of("inclusion-proof", Form.JSON, SigstoreFuzzTest::readProof)
                        .seeds(ENTRY.get("inclusionProof").toString())
                        .words(
                                "hashes",
                                "treeSize",
                                "logIndex",
                                "rootHash",
                                "9223372036854775807",
                                "1",
                                "0",
                                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
                Target.of("timestamp", Form.DER, SigstoreFuzzTest::readTimestamp)
                        .at(Target.Pace.SLOW)
                        .seeds(
                                List.of(
                                        member(
                                                "/verificationMaterial/timestampVerificationData/rfc3161Timestamps/0/signedTimestamp"))),
                Target.of("certificate", Form.DER, SigstoreFuzzTest::readCertificate)
                        .at(Target.Pace.SLOW)
                        .seeds(List.of(CERTIFICATE)),
                Target.of("certificate-promises", Form.BYTES, SigstoreFuzzTest::readPromises)
                        .at(Target.Pace.SLOW)
                        .seeds(List.of(promises())));
    }

    private static byte[] promises() {
        try {
            byte[] extension = ASN1OctetString.getInstance(certificate().getExtensionValue(PROMISES))
                    .getOctets();
            return ASN1OctetString.getInstance(extension).getOctets();
        } catch (InvalidInputException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever an authority signs around its own mistakes. */
    private static void readPromises(byte[] input) throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=a"),
                BigInteger.ONE,
                Date.from(SIGNED),
                Date.from(SIGNED.plusSeconds(600)),
                new X500Name("CN=b"),
                certificate().getPublicKey());
        builder.addExtension(new ASN1ObjectIdentifier(PROMISES), false, new DEROctetString(input));
        X509Certificate made = new JcaX509CertificateConverter().getCertificate(builder.build(Signing.BY_ANYBODY));
        try {
            CertificateTimestamps.check(made, ROOT.authorities().get(0).issuer(), ROOT, Target.SOURCE);
        } catch (InvalidInputException e) {
            if (e.getMessage().contains("none verifies")) {
                return; // it was read
            }
            throw e;
        }
        throw new AssertionError("a promise for another certificate counts for this one");
    }

    /** Made when it is first needed. */
    private static final class Signing {
        private static final ContentSigner BY_ANYBODY = signer();

        private static ContentSigner signer() {
            try {
                return new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(KeyPairGenerator.getInstance("EC")
                                .generateKeyPair()
                                .getPrivate());
            } catch (GeneralSecurityException | OperatorCreationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static byte[] member(String place) {
        return Base64.getDecoder().decode(BUNDLE.at(place).textValue());
    }

    private static ObjectNode json(byte[] bytes) {
        try {
            return StrictJson.parseObject(bytes, "seed", MAX_BYTES).node();
        } catch (InvalidInputException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TrustedRoot root() {
        try {
            return TrustedRoot.parse(FuzzSeeds.read("trusted_root.json"), "root");
        } catch (InvalidInputException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject object(byte[] input) throws InvalidInputException {
        return StrictJson.parseObject(input, Target.SOURCE, MAX_BYTES);
    }

    private static void readRoot(byte[] input) throws InvalidInputException {
        TrustedRoot read = TrustedRoot.parse(input, Target.SOURCE);
        hold(!read.authorities().isEmpty(), "a root that names no authority");
    }

    private static InclusionProof proof() throws InvalidInputException {
        return LoggedProof.parse(new JsonObject("x", "", (ObjectNode) ENTRY.get("inclusionProof")))
                .proof();
    }

    private static void readCheckpoint(byte[] input) throws InvalidInputException {
        Checkpoint read = Checkpoint.parse(new String(input, StandardCharsets.UTF_8), Target.SOURCE);
        hold(read.size() >= 0, "a tree of less than nothing");
        String id = HexFormat.of().formatHex(member("/verificationMaterial/tlogEntries/0/logId/keyId"));
        ROOT.log(id).orElseThrow().check(read, proof(), Target.SOURCE);
        hold(CHECKPOINT.startsWith(read.body()), "a checkpoint of other words counts as signed");
    }

    private static void readBody(byte[] input) throws InvalidInputException {
        JsonNode body = object(input).node();
        JsonObject entry = new JsonObject(Target.SOURCE, "", StrictJson.object());
        entry.node()
                .putObject("kindVersion")
                .put("kind", body.path("kind").asText())
                .put("version", body.path("apiVersion").asText());
        SignedContent content = SignedContent.envelope(new byte[] {1}, new byte[] {2}, new byte[] {3});
        EntryBody read = EntryBody.parse(input, entry, Target.SOURCE);
        try {
            read.check(content, LoggedVerifier.of(certificate().getPublicKey()));
        } catch (InvalidInputException e) {
            return; // it is about something else
        }
        throw new AssertionError("the record of another signature counts for this one");
    }

    private static void readProof(byte[] input) throws InvalidInputException {
        InclusionProof read = LoggedProof.parse(object(input)).proof();
        hold(!read.proves(SIGNATURE), "proves what is not in the log");
        hold(!read.proves(BODY) || read.root().equals(proof().root()), "proves the entry under another root");
    }

    private static void readTimestamp(byte[] input) throws InvalidInputException {
        Instant time = SignedTimestamp.parse(input, Target.SOURCE).check(signed(), ROOT);
        hold(time.equals(SIGNED), "tells another time than was signed");
    }

    private static SignedContent signed() {
        return SignedContent.message(BODY, SIGNATURE);
    }

    private static X509Certificate certificate() throws InvalidInputException {
        return Certificates.decode(CERTIFICATE, new JsonObject("x", "", StrictJson.object()), "rawBytes");
    }

    private static void readCertificate(byte[] input) throws InvalidInputException, CertificateEncodingException {
        JsonObject holder = new JsonObject(Target.SOURCE, "", StrictJson.object());
        X509Certificate read = Certificates.decode(input, holder, "rawBytes");
        SigningCertificate.of(read, Target.SOURCE);
        Authority authority = ROOT.authorities().get(0);
        boolean issued = authority.refusal(read, SIGNED).isEmpty();
        // What stands around the signed part, such as the unused bits of the signature, the authority did not sign.
        boolean same = Arrays.equals(read.getTBSCertificate(), certificate().getTBSCertificate());
        hold(!issued || same, "another certificate counts as given out by the authority");
        CertificateTimestamps.check(read, authority.issuer(), ROOT, Target.SOURCE);
    }
}
