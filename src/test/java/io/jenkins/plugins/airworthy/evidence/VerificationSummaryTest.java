package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerificationSummaryTest {
    private static final Digest IMAGE = Digest.of(new byte[] {1});
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final VerificationSummary PASSED = new VerificationSummary(
            "https://jenkins.example.com/",
            NOW,
            "oci://registry.example.com/prod/app",
            "airworthy:policy/production",
            Optional.of(Digest.of(new byte[] {2})),
            List.of(Digest.of(new byte[] {3}), Digest.of(new byte[] {4})),
            VerificationSummary.Result.PASSED,
            List.of(VerificationSummary.UNEVALUATED));

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        byte[] payload = statement().toBytes();
        assertThat(VerificationSummary.parse(Statement.parse(payload, "statement")))
                .isEqualTo(PASSED);
    }

    @Test
    void hasTheMembersOfTheSpecification() {
        assertThat(statement().predicate().fieldNames())
                .toIterable()
                .containsExactly(
                        "verifier",
                        "timeVerified",
                        "resourceUri",
                        "policy",
                        "inputAttestations",
                        "verificationResult",
                        "verifiedLevels",
                        "slsaVersion");
    }

    /** The example of the specification, with another verifier's members and no SHA-256 of an input. */
    @Test
    void readsAnotherVerifiersSummary() throws Exception {
        VerificationSummary summary = read("""
                {"verifier":{"id":"https://example.com/publication_verifier","version":{"slsa":"1.2.3"}},
                 "timeVerified":"1985-04-12T23:20:50.52Z","resourceUri":"https://example.com/example-1.2.3.tar.gz",
                 "policy":{"uri":"https://example.com/example_tarball.policy"},
                 "inputAttestations":[{"uri":"https://example.com/provenances/example.intoto.jsonl",
                  "digest":{"sha512":"ab"}}],
                 "verificationResult":"PASSED","verifiedLevels":["SLSA_BUILD_LEVEL_3"],
                 "dependencyLevels":{"SLSA_BUILD_LEVEL_3":5},"slsaVersion":"1.0"}""");
        assertThat(summary.policyDigest()).isEmpty();
        assertThat(summary.inputAttestations()).isEmpty();
        assertThat(summary.verifiedLevels()).containsExactly("SLSA_BUILD_LEVEL_3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verifier",
                "timeVerified",
                "resourceUri",
                "policy",
                "verificationResult",
            })
    void refusesASummaryWithoutARequiredMember(String member) {
        ObjectNode predicate = statement().predicate().deepCopy();
        predicate.remove(member);
        assertThatThrownBy(() -> read(predicate.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(member);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PASSED|[\"FAILED\"]",
                "FAILED|[\"SLSA_BUILD_LEVEL_3\"]",
                "FAILED|[\"FAILED\",\"SLSA_BUILD_LEVEL_3\"]"
            })
    void refusesASummaryThatContradictsItself(String result, String levels) {
        ObjectNode predicate = statement().predicate().deepCopy();
        String text = predicate
                .put("verificationResult", result)
                .toString()
                .replace("[\"SLSA_BUILD_LEVEL_UNEVALUATED\"]", levels);
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contradicts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"passed", "", "WARNED"})
    void refusesUnknownResults(String result) {
        ObjectNode predicate = statement().predicate().deepCopy().put("verificationResult", result);
        assertThatThrownBy(() -> read(predicate.toString())).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesAStatementOfAnotherType() {
        Statement other =
                new Statement(new Subject(Optional.empty(), IMAGE), Optional.empty(), "x", StrictJson.object());
        assertThatThrownBy(() -> VerificationSummary.parse(other)).isInstanceOf(InvalidInputException.class);
    }

    private static Statement statement() {
        return PASSED.toStatement(new Subject(Optional.empty(), IMAGE), new Observation(Observer.BUILD_AGENT, NOW));
    }

    private static VerificationSummary read(String predicate) throws InvalidInputException {
        return VerificationSummary.parse(new Statement(
                new Subject(Optional.empty(), IMAGE),
                Optional.empty(),
                PredicateTypes.VERIFICATION_SUMMARY,
                StrictJson.parseObject(predicate.getBytes(UTF_8), "test", 1 << 20)
                        .node()));
    }
}
