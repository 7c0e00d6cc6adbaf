package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.airworthy.tools.sigstore.SigstoreJava;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What the product believes, sigstore-java believes too. {@code SecondOpinionIT} asks cosign. */
class SecondOpinionTest {
    private static final int INPUTS = 400;

    @Test
    void sigstoreJavaAgreesOnThePrivateStackAndOnDamagedBundlesOfIt() throws Exception {
        List<SigstoreCase> honest = check("sigstore-java-private-stack", SigstoreCase.privateStack());
        assertThat(honest).extracting(SigstoreCase::name).containsExactly("blob", "email", "java", "uri");
    }

    @Test
    void sigstoreJavaAgreesOnTheConformanceSuiteAndOnDamagedBundlesOfIt() throws Exception {
        List<SigstoreCase> honest = check("sigstore-java-conformance", SigstoreCase.conformance());
        assertThat(honest).hasSize(17);
    }

    private static List<SigstoreCase> check(String name, List<SigstoreCase> cases) throws Exception {
        SecondOpinion opinion = new SecondOpinion(name, SecondOpinionTest::refusal);
        List<SigstoreCase> within = new ArrayList<>();
        for (SigstoreCase one : cases) {
            if (one.refusal().isEmpty() && !isBeyondSigstoreJava(one)) {
                within.add(one);
            }
        }
        List<SigstoreCase> honest = opinion.accepted(within);
        opinion.compare(honest, INPUTS, true);
        return honest;
    }

    /**
     * It verifies no signatures of keys, and no envelope unless the log has it as "dsse"; the log's second version has all as
     * "hashedrekord", and old clients wrote "intoto".
     */
    private static boolean isBeyondSigstoreJava(SigstoreCase one) throws IOException {
        JsonNode bundle = new ObjectMapper().readTree(one.bundle());
        String kind = bundle.at("/verificationMaterial/tlogEntries/0/kindVersion/kind")
                .textValue();
        return one.key().isPresent() || (bundle.has("dsseEnvelope") && !kind.equals("dsse"));
    }

    private static Optional<String> refusal(SigstoreCase one) {
        return SigstoreJava.refusal(
                one.root(),
                one.bundle(),
                one.artefact().digest().bytes(),
                one.signer().issuer(),
                one.signer().subject());
    }
}
