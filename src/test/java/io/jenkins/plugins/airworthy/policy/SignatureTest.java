package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.jenkins.plugins.airworthy.policy.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class SignatureTest {
    private static final PlatformImage IMAGE = Given.image();
    private static final String ONE = "- signature: {threshold: 1}";
    private static final String TWO = "- signature: {threshold: 2, trust: {keys: [release, security]}}";

    private static final String IDENTITY =
            "- signature: {trust: {identities: [{issuer: https://id.example.com, subject:"
                    + " https://jenkins.example.com/job/app/}]}}";

    @Test
    void passesWhatATrustedKeySigned() throws Exception {
        VerifiedEvidence signature = Given.signature(IMAGE.digest(), Given.key("release"));
        Verdict verdict = Given.policy(ONE).judge(Given.candidate(IMAGE, signature), NOW);

        assertThat(verdict.decision()).isEqualTo(Decision.PASSED);
        assertThat(Given.item(verdict, "signature").signer()).contains("key release");
        assertThat(verdict.evidence()).containsExactly(signature.manifest());
    }

    @Test
    void refusesAnUnsignedImage() throws Exception {
        assertRefused(ONE, "no signature about " + IMAGE.digest().abbreviated() + " by release");
    }

    /** Attack 1: CVE-2022-35929 and cosign itself count any verified statement as a signature. */
    @Test
    void refusesAnyOtherVerifiedStatementInPlaceOfASignature() throws Exception {
        VerifiedEvidence provenance =
                Given.evidence(IMAGE.digest(), Given.seen(), PredicateTypes.PROVENANCE, Given.json("{}"));
        assertRefused(ONE, "no signature", provenance);
    }

    /** Attack 2: the signature of another image, attached to this one. */
    @Test
    void refusesTheSignatureOfAnotherImage() throws Exception {
        assertRefused(ONE, "no signature", Given.signature(Given.digest("other"), Given.key("release")));
    }

    /** GHSA-vmvj-p3hw-39q3: no overlap between those who signed and those who should have. */
    @Test
    void refusesTheSignatureOfAKeyThatIsKnownButNotTrustedForThis() throws Exception {
        assertRefused(
                ONE,
                "signed by key security, which this rule does not trust",
                Given.signature(IMAGE.digest(), Given.key("security")));
    }

    /** Attack 3: one key that signed twice is one signer. */
    @Test
    void countsPublicKeysAndNotSignatures() throws Exception {
        assertRefused(
                TWO,
                "signed by 1 of the 2 different signers",
                Given.signature(IMAGE.digest(), Given.key("release")),
                Given.signature(IMAGE.digest(), Given.key("release")));
    }

    /** Attack 3: one key under two names is one signer. */
    @Test
    void countsPublicKeysAndNotNames() throws Exception {
        Digest same = Given.digest("one key");
        assertRefused(
                TWO,
                "signed by 1 of the 2 different signers",
                Given.signature(IMAGE.digest(), new Signer.Key(same.hex(), Set.of("release"))),
                Given.signature(IMAGE.digest(), new Signer.Key(same.hex(), Set.of("security"))));
    }

    @Test
    void passesWhenEnoughDifferentKeysSigned() throws Exception {
        Candidate candidate = Given.candidate(
                IMAGE,
                Given.signature(IMAGE.digest(), Given.key("release")),
                Given.signature(IMAGE.digest(), Given.key("security")));
        assertThat(Given.policy(TWO).judge(candidate, NOW).decision()).isEqualTo(Decision.PASSED);
    }

    @Test
    void passesWhatATrustedIdentitySigned() throws Exception {
        VerifiedEvidence signature = Given.signature(IMAGE.digest(), identity("https://jenkins.example.com/job/app/"));
        Verdict verdict = Given.policy(IDENTITY).judge(Given.candidate(IMAGE, signature), NOW);

        assertThat(verdict.passed()).isTrue();
        assertThat(Given.item(verdict, "signature").signer())
                .contains("identity https://jenkins.example.com/job/app/ (issuer https://id.example.com)");
    }

    /** Attack 4: a subject that only begins, ends or goes on like the trusted one; another issuer's good word. */
    @Test
    void refusesIdentitiesThatOnlyResembleTheTrustedOne() throws Exception {
        for (String subject : List.of(
                "https://jenkins.example.com/job/app/x",
                "https://jenkins.example.com/job/app",
                "https://evil.example/https://jenkins.example.com/job/app/",
                "https://jenkins.example.com/job/App/")) {
            assertRefused(
                    IDENTITY,
                    "signed by identity " + subject
                            + " (issuer https://id.example.com), which this rule does not trust",
                    Given.signature(IMAGE.digest(), identity(subject)));
        }
        assertRefused(
                IDENTITY,
                "which this rule does not trust",
                Given.signature(
                        IMAGE.digest(),
                        new Signer.Identity("https://id.example.org", "https://jenkins.example.com/job/app/")));
    }

    /** Attack 4: a rule that names keys only has an empty list of identities, which matches nobody. */
    @Test
    void matchesNobodyWithAnEmptyListOfIdentities() throws Exception {
        assertRefused(
                ONE,
                "which this rule does not trust",
                Given.signature(IMAGE.digest(), identity("https://jenkins.example.com/job/app/")));
    }

    /** Attack 3: one identity with two certificates is one signer. */
    @Test
    void countsIdentitiesAndNotCertificates() throws Exception {
        String two = IDENTITY.replace("trust: {", "threshold: 2, trust: {keys: [release], ");
        VerifiedEvidence one = Given.signature(IMAGE.digest(), identity("https://jenkins.example.com/job/app/"));
        VerifiedEvidence again = Given.signature(IMAGE.digest(), identity("https://jenkins.example.com/job/app/"));
        assertRefused(two, "signed by 1 of the 2 different signers", one, again);

        Candidate both = Given.candidate(IMAGE, one, Given.signature(IMAGE.digest(), Given.key("release")));
        assertThat(Given.policy(two).judge(both, NOW).passed()).isTrue();
    }

    private static Signer identity(String subject) {
        return new Signer.Identity("https://id.example.com", subject);
    }

    @Test
    void doesNotCountAStrangerTowardsTheThreshold() throws Exception {
        assertRefused(
                TWO,
                "signed by 1 of the 2",
                Given.signature(IMAGE.digest(), Given.key("release")),
                Given.signature(IMAGE.digest(), Given.key("stranger")));
    }

    @Test
    void believesASignatureWhereverItWasMade() throws Exception {
        String strict = "- signature: {trust: {observed: controller}}";
        Candidate candidate = Given.candidate(IMAGE, Given.signature(IMAGE.digest(), Given.key("release")));
        assertThat(Given.policy(strict).judge(candidate, NOW).passed()).isTrue();
        VerifiedEvidence seen = Given.evidence(
                IMAGE.digest(),
                Optional.of(Given.seen(Observer.IMPORTED, NOW)),
                PredicateTypes.COSIGN_SIGNATURE,
                Given.json("{}"),
                Given.key("release"));
        assertThat(Given.policy(strict).judge(Given.candidate(IMAGE, seen), NOW).passed())
                .isTrue();
    }

    /** The index is what is asked for; a signature of one child says nothing of the others. */
    @Test
    void refusesAnIndexOfWhichOnlyAChildIsSigned() throws Exception {
        PlatformImage arm = Given.image("linux/arm64", "1000", Map.of(), List.of(Given.digest("arm")));
        Candidate index = Given.index(List.of(IMAGE, arm), Given.signature(IMAGE.digest(), Given.key("release")));
        assertThat(Given.policy(ONE).judge(index, NOW).passed()).isFalse();

        Candidate signed =
                Given.index(List.of(IMAGE, arm), Given.signature(Given.digest("index"), Given.key("release")));
        assertThat(Given.policy(ONE).judge(signed, NOW).passed()).isTrue();
    }

    private static void assertRefused(String rule, String reason, VerifiedEvidence... evidence) throws Exception {
        Verdict verdict = Given.policy(rule).judge(Given.candidate(IMAGE, evidence), NOW);
        assertThat(verdict.decision()).isEqualTo(Decision.FAILED);
        Verdict.Item item = Given.item(verdict, "signature");
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains(reason);
    }
}
