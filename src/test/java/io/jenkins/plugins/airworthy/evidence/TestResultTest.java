package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.TestResult.Configuration;
import io.jenkins.plugins.airworthy.evidence.TestResult.Outcome;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TestResultTest {
    private static final Subject IMAGE = new Subject(Optional.empty(), Digest.of(new byte[] {1}));
    private static final String FILES = "'configuration':[{'name':'ci.yml','digest':{'gitBlob':'ab'}}]";

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        TestResult result = new TestResult(
                "shop.yaml",
                Outcome.FAILED,
                List.of("a"),
                List.of("b"),
                List.of("c"),
                List.of(new Configuration("shop.yaml", Optional.of("0".repeat(64)))));
        Statement statement = result.toStatement(IMAGE, new Observation(Observer.BUILD_AGENT, Instant.EPOCH));
        Statement read = Statement.parse(statement.toBytes(), "payload");

        assertThat(read.subject()).isEqualTo(IMAGE);
        assertThat(TestResult.parse(read)).isEqualTo(result);
    }

    @Test
    void theNumberOfSkippedTestsIsReadBack() throws Exception {
        TestResult result = new TestResult(
                "shop.yaml",
                Outcome.PASSED,
                List.of("a"),
                List.of(),
                List.of(),
                List.of(new Configuration("a", Optional.empty()), new Configuration("b", Optional.empty())),
                Optional.of(3L));
        Statement statement = result.toStatement(IMAGE, new Observation(Observer.BUILD_AGENT, Instant.EPOCH));
        assertThat(TestResult.parse(Statement.parse(statement.toBytes(), "payload")))
                .isEqualTo(result);
    }

    @Test
    void namesTheSuiteOfAnotherMakersResultAfterItsFiles() throws Exception {
        TestResult result = parse("{'result':'PASSED'," + FILES + ",'url':'https://example.com','passedTests':['x']}");

        assertThat(result.suite()).isEqualTo("ci.yml");
        assertThat(result.configuration()).containsExactly(new Configuration("ci.yml", Optional.empty()));
        assertThat(result.passed()).containsExactly("x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'result':'PASSED','failedTests':['x']|although failedTests",
                "'result':'WARNED','failedTests':['x']|although failedTests",
                "'result':'PASSED','warnedTests':['x']|although warnedTests",
                "'result':'FAILED','passedTests':['x'],'failedTests':['x']|did not pass",
                "'result':'passed'|not one of PASSED",
                "'result':'PASSED','passedTests':['']|1 to 500",
                "'result':'PASSED','passedTests':[1]|expected a string",
                "'result':'PASSED','passedTests':'x'|expected an array",
                "'result':'PASSED','skippedTests':[]|unknown member",
                "'passedTests':['x']|is missing"
            })
    void refusesContradictionsAndWrongTypes(String members, String reason) {
        assertThatThrownBy(() -> parse("{" + FILES + "," + members + "}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|expected 1 to",
                "[{}]|neither name",
                "[{'name':'a','path':'b'}]|unknown member",
                "[{'name':'a','annotations':{'io.jenkins.plugins.airworthy/skipped':-1}}]|not negative",
                "[{'name':'a','annotations':{'io.jenkins.plugins.airworthy/skipped':'3'}}]|whole number",
                "[{'name':'a','annotations':{'io.jenkins.plugins.airworthy/skipped':50001}}]|more than the allowed 50000",
                "[{'name':'a','annotations':{'io.jenkins.plugins.airworthy/skipped':1}},{'name':'b'}]|one number of skipped",
                "[{'name':'a','annotations':{'io.jenkins.plugins.airworthy/skipped':1}},{'name':'b','annotations':{'io.jenkins.plugins.airworthy/skipped':0}}]|one number of skipped",
                "[{'name':'a','digest':{'sha256':'AB'}}]|lower-case",
                "[{'name':'a','annotations':{'io.jenkins.plugins.airworthy/suite':'s'}},{'name':'b'}]|more than one suite"
            })
    void refusesConfigurationThatNamesNoOneSuite(String configuration, String reason) {
        assertThatThrownBy(() -> parse("{'result':'PASSED','configuration':" + configuration + "}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesMoreTestsThanAllowed() {
        String names = "'x',".repeat(TestResult.MAX_TESTS) + "'y'";
        assertThatThrownBy(() -> parse("{'result':'PASSED'," + FILES + ",'passedTests':[" + names + "]}"))
                .hasMessageContaining("more than the allowed 50000 tests");
    }

    @Test
    void refusesStatementOfAnotherType() {
        assertThatThrownBy(() -> TestResult.parse(
                        new Statement(IMAGE, Optional.empty(), PredicateTypes.PROVENANCE, StrictJson.object())))
                .hasMessageContaining("is not a test result");
    }

    private static TestResult parse(String predicate) throws InvalidInputException {
        byte[] json = predicate.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ObjectNode node =
                StrictJson.parseObject(json, "predicate", Statement.MAX_BYTES).node();
        return TestResult.parse(new Statement(IMAGE, Optional.empty(), PredicateTypes.TEST_RESULT, node));
    }
}
