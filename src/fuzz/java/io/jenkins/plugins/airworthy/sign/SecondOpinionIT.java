package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** What the product believes, the real cosign believes too: signatures of keys and statements as well. */
class SecondOpinionIT {
    private static final int INPUTS = 300;

    @TempDir
    private Path folder;

    private Tool cosign;

    @BeforeEach
    void find() {
        cosign = Tool.require("cosign");
    }

    @Test
    void cosignAgreesOnThePrivateStackAndOnDamagedBundlesOfIt() throws Exception {
        assertThat(check("cosign-private-stack", SigstoreCase.privateStack())).hasSize(6);
    }

    @Test
    void cosignAgreesOnTheConformanceSuiteAndOnDamagedBundlesOfIt() throws Exception {
        assertThat(check("cosign-conformance", SigstoreCase.conformance())).hasSize(21);
    }

    private List<SigstoreCase> check(String name, List<SigstoreCase> cases) throws Exception {
        SecondOpinion opinion = new SecondOpinion(name, this::refusal);
        List<SigstoreCase> honest = opinion.accepted(
                cases.stream().filter(one -> !one.name().equals("java")).toList()); // its file is not here
        opinion.compare(honest, INPUTS, false);
        return honest;
    }

    private Optional<String> refusal(SigstoreCase one) throws IOException, InterruptedException {
        JsonNode bundle =
                new ObjectMapper().readTree(one.undamaged().orElse(one).bundle());
        List<String> command = new ArrayList<>();
        if (bundle.has("dsseEnvelope")) {
            JsonNode statement = new ObjectMapper()
                    .readTree(bundle.at("/dsseEnvelope/payload").binaryValue());
            command.addAll(List.of("verify-blob-attestation", "--type"));
            command.add(statement.get("predicateType").textValue());
            command.addAll(List.of(
                    "--digestAlg", "sha256", "--digest", one.artefact().digest().hex()));
        } else {
            command.add("verify-blob");
            command.add(file("artefact", one.artefact().content().orElseThrow()));
        }
        command.addAll(List.of("--trusted-root", file("root", one.root()), "--bundle", file("bundle", one.bundle())));
        if (one.key().isPresent()) {
            command.addAll(List.of("--key", one.key().get().toString()));
        } else {
            command.addAll(List.of("--certificate-identity", one.signer().subject()));
            command.addAll(List.of("--certificate-oidc-issuer", one.signer().issuer()));
        }
        Tool.Outcome outcome = cosign.run(
                folder, Map.of("TUF_ROOT", folder.resolve("tuf").toString()), command.toArray(String[]::new));
        return outcome.exit() == 0 ? Optional.empty() : Optional.of(outcome.err());
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }
}
