package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore.SIGNED;

/**
 * Attack 4: certificates of an untrusted authority, for another purpose, of another time, or of an identity that is
 * not trusted.
 */
class CertificatesTest extends KeylessAttack {
    private static final String ANY_PATH = "https://jenkins.example.com/job/**";

    @Test
    void rejectsCertificateOfUnknownAuthority() throws Exception {
        sigstore.certifier = anotherKey();
        assertDisbelieved(bundle(), "certificate: was issued by no authority that the trusted root names");
    }

    @Test
    void rejectsCertificateWhoseIntermediateIsMissing() throws Exception {
        sigstore.wholeChain = false;
        assertDisbelieved(bundle(), "certificate: was issued by no authority that the trusted root names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA"})
    void rejectsEmptyOrMalformedCertificate(String der) throws Exception {
        ObjectNode bundle = bundle();
        certificate(bundle).put("rawBytes", der);
        assertDisbelieved(bundle, "certificate.rawBytes", "is not a certificate");
    }

    /** Decided: a bundle of an image has one certificate. Chains come only from the trusted root. */
    @Test
    void rejectsBundleWithEmptyCertificateChain() throws Exception {
        ObjectNode bundle = bundle();
        material(bundle).remove("certificate");
        material(bundle).putObject("x509CertificateChain").putArray("certificates");
        assertDisbelieved(bundle, "x509CertificateChain", "unknown member");
    }

    @Test
    void rejectsBundleWhoseChainBringsItsOwnRoot() throws Exception {
        ObjectNode bundle = bundle();
        ObjectNode own = (ObjectNode) material(bundle).remove("certificate");
        ArrayNode chain = material(bundle).putObject("x509CertificateChain").putArray("certificates");
        chain.add(own);
        sigstore.trustedRoot()
                .get("certificateAuthorities")
                .get(0)
                .get("certChain")
                .get("certificates")
                .forEach(chain::add);
        assertDisbelieved(bundle, "x509CertificateChain", "unknown member");
    }

    @Test
    void rejectsCertificateOfExpiredIntermediate() throws Exception {
        sigstore.authorityUntil = SIGNED.minusSeconds(1);
        assertDisbelieved(bundle(), "certificate: an authority in its chain is not valid at " + SIGNED);
    }

    @Test
    void rejectsCertificateOfExpiredRoot() throws Exception {
        sigstore.rootUntil = SIGNED.minusSeconds(1);
        assertDisbelieved(bundle(), "the root of its chain is not valid at " + SIGNED);
    }

    /** An intermediate is revoked by ending its time in the trusted root. */
    @Test
    void rejectsCertificateOfRevokedIntermediate() throws Exception {
        trustedRoot =
                root -> ((ObjectNode) root.get("certificateAuthorities").get(0).get("validFor"))
                        .put("end", SIGNED.minusSeconds(1).toString());
        assertDisbelieved(bundle(), "certificate: the authority is trusted from", "not at " + SIGNED);
    }

    /** A leaf is valid for ten minutes and is not revoked; the policy stops trusting its subject instead. */
    @Test
    void rejectsCertificateWhoseSubjectIsTrustedNoMore() throws Exception {
        changePolicy("subject: \"" + MintedSigstore.SUBJECT, "subject: \"https://jenkins.example.com/job/another/");
        assertDisbelieved(bundle(), "signed by identity " + MintedSigstore.SUBJECT, "no trusted identity matches");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3_600, -601, -3_600})
    void rejectsSignatureMadeOutsideTheTimeOfItsCertificate(long afterSigning) throws Exception {
        sigstore.certified = SIGNED.plusSeconds(afterSigning);
        assertDisbelieved(bundle(), "certificate: is valid from " + sigstore.certified, "not at " + SIGNED);
    }

    @Test
    void rejectsCertificateMadeForAnAuthority() throws Exception {
        sigstore.authority = true;
        assertDisbelieved(bundle(), "certificate: was not made for signing artefacts");
    }

    @Test
    void rejectsCertificateMadeForAServer() throws Exception {
        sigstore.purposes = List.of(KeyPurposeId.id_kp_serverAuth);
        assertDisbelieved(bundle(), "certificate: was not made for signing artefacts");
    }

    @Test
    void rejectsSignatureByAnotherKeyThanThatOfItsCertificate() throws Exception {
        sigstore.signer = anotherKey();
        assertDisbelieved(bundle(), "signature: does not verify with the key of the certificate of identity");
    }

    @Test
    void rejectsCertificateWithoutSignedCertificateTimestamp() throws Exception {
        sigstore.promised = false;
        assertDisbelieved(bundle(), "signed certificate timestamp: is missing");
    }

    @Test
    void rejectsSignedCertificateTimestampByUnknownLog() throws Exception {
        sigstore.promiser = anotherKey();
        assertDisbelieved(bundle(), "signed certificate timestamp: none verifies");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://id.example.com.evil.example",
                "https://id.example.com/",
                "https://ID.example.com",
                "https://evil.example/https://id.example.com"
            })
    void rejectsIdentityOfAnotherIssuer(String issuer) throws Exception {
        sigstore.issuer = issuer;
        assertDisbelieved(bundle(), "(issuer " + issuer + "), which no trusted identity matches");
    }

    @Test
    void rejectsCertificateWithoutIssuer() throws Exception {
        sigstore.issuer = "";
        assertDisbelieved(bundle(), "certificate: does not name the issuer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://jenkins.example.com/job/other/",
                "https://jenkins.example.com/job/app",
                "https://jenkins.example.com/job/app/evil",
                "https://jenkins.example.com.evil.example/job/app/"
            })
    void rejectsIdentityWithAnotherSubject(String subject) throws Exception {
        sigstore.names = List.of(new GeneralName(GeneralName.uniformResourceIdentifier, subject));
        assertDisbelieved(bundle(), "signed by identity " + subject + " ", "no trusted identity matches");
    }

    /** One reader would believe the first name, another reader the last. */
    @Test
    void rejectsCertificateWithTwoSubjects() throws Exception {
        sigstore.names = List.of(
                new GeneralName(GeneralName.uniformResourceIdentifier, MintedSigstore.SUBJECT),
                new GeneralName(GeneralName.uniformResourceIdentifier, "https://evil.example/"));
        assertDisbelieved(bundle(), "certificate: expected exactly one subject alternative name, found 2");
    }

    @Test
    void rejectsCertificateWithoutSubject() throws Exception {
        sigstore.names = List.of();
        assertDisbelieved(bundle(), "certificate: expected exactly one subject alternative name, found 0");
    }

    @Test
    void rejectsCertificateWhoseSubjectIsAHostName() throws Exception {
        sigstore.names = List.of(new GeneralName(GeneralName.dNSName, "jenkins.example.com"));
        assertDisbelieved(bundle(), "certificate: its subject is neither an e-mail address nor a URI");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/https://jenkins.example.com/job/app/",
                "https://evil.example/?https://jenkins.example.com/job/app/",
                "https://jenkins.example.com/xjob/app/"
            })
    void rejectsSubjectThatThePatternMatchesOnlyInPart(String subject) throws Exception {
        changePolicy("subject: \"" + MintedSigstore.SUBJECT, "subject: \"" + ANY_PATH);
        sigstore.names = List.of(new GeneralName(GeneralName.uniformResourceIdentifier, subject));
        assertDisbelieved(bundle(), "signed by identity " + subject + " ", "no trusted identity matches");
    }

    @Test
    void promotesImageWhoseWholeSubjectMatchesThePattern() throws Exception {
        changePolicy("subject: \"" + MintedSigstore.SUBJECT, "subject: \"" + ANY_PATH);
        assertBelieved(bundle());
    }

    /** A pattern must fix the host, whose owner gives out the names. */
    @ParameterizedTest
    @ValueSource(strings = {".*", "*", "https://*.example.com/job/app/", "https://jenkins.example.com**", "*@*"})
    void refusesPolicyWhosePatternMatchesAnyHost(String pattern) throws Exception {
        changePolicy("subject: \"" + MintedSigstore.SUBJECT, "subject: \"" + pattern);
        trustTheInstance();
        assertInvalid("production.yaml:11:", "'" + pattern + "': a wildcard is allowed in the path of a URL");
    }

    @Test
    void refusesPolicyWithEmptyListOfIdentities() throws Exception {
        changePolicy("{issuer: \"" + MintedSigstore.ISSUER + "\", subject: \"" + MintedSigstore.SUBJECT + "\"}", "");
        trustTheInstance();
        attach(image, bundle());
        assertInvalid("production.yaml:11:", "the list is empty");
    }

    /** A trusted root alone makes no signer trusted. */
    @Test
    void rejectsSignatureWhenThePolicyNamesNoIdentity() throws Exception {
        changePolicy(
                ", trust: {identities: [{issuer: \"" + MintedSigstore.ISSUER + "\", subject: \""
                        + MintedSigstore.SUBJECT + "\"}]}",
                "");
        assertDisbelieved(bundle(), "which no trusted identity matches");
    }

    @Test
    void rejectsSignatureOfAnotherImage() throws Exception {
        ObjectNode others = sigstore.bundle(signature(running).toBytes());
        assertDisbelieved(others, "its statement is about " + running.digest(), "was attached to " + image.digest());
    }

    @Test
    void rejectsCertificateWhenNoTrustedRootIsGiven() throws Exception {
        certificates = Optional.empty();
        assertNoSignature(attach(image, bundle()), "no trusted root was given to check it with");
    }

    private static ObjectNode certificate(ObjectNode bundle) {
        return (ObjectNode) material(bundle).get("certificate");
    }

    private static KeyPair anotherKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
