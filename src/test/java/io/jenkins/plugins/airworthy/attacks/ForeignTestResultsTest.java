package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Attack 13: a test result of another tool, which tells less than ours or another thing, is taken for one of an image that passed. */
class ForeignTestResultsTest extends Attack {
    private static final String PASSED = """
            {"result": "PASSED",
             "configuration": [{"name": ".github/workflows/e2e.yml", "digest": {"gitBlob": "ab12"},
                                "downloadLocation": "https://git.example.com/acme/cart/e2e.yml"}],
             "url": "https://ci.example.com/runs/1",
             "passedTests": ["chrome", "firefox"], "warnedTests": [], "failedTests": []}
            """;
    private static final String RULE = "- tests: {minimum: 1, failures: 0}";
    private static final String FOREIGN =
            "- tests: {minimum: 2, failures: 5, warned: 5, trust: {keys: [qa], observed: imported}}";

    @BeforeEach
    void believeAnotherTool() throws Exception {
        changePolicy(RULE, FOREIGN);
        keys.add(new TrustedKey("qa", stranger.publicKey()));
        attachResult(PASSED);
    }

    private static Statement result(Manifest about, String predicate) throws Exception {
        ObjectNode json = StrictJson.parseObject(predicate.getBytes(UTF_8), "predicate", Statement.MAX_BYTES)
                .node();
        return new Statement(subject(about), Optional.empty(), PredicateTypes.TEST_RESULT, json);
    }

    private void attachResult(String predicate) throws Exception {
        attach(image, result(image, predicate), stranger);
    }

    private void onlyResult(String predicate) throws Exception {
        stageWithout(Piece.TESTS);
        attachResult(predicate);
    }

    /** Without a time of its own, each result of a suite counts: the failed one too. */
    @Test
    void refusesImageWithAFailedResultBesideAPassedOne() throws Exception {
        attachResult(PASSED.replace("PASSED", "FAILED").replace("[\"chrome\", \"firefox\"]", "[\"chrome\"]"));
        assertRefused("tests", "suite '.github/workflows/e2e.yml' failed");
    }

    @Test
    void refusesImageWhoseFailedResultNamesNoTest() throws Exception {
        onlyResult(PASSED.replace("PASSED", "FAILED"));
        assertRefused("tests", "suite '.github/workflows/e2e.yml' failed");
    }

    @Test
    void refusesImageWhosePassedResultNamesNoTest() throws Exception {
        onlyResult(PASSED.replace("[\"chrome\", \"firefox\"]", "[]"));
        assertRefused(
                "tests",
                "0 tests passed, at least 2 must pass; no test that passed is named of .github/workflows/e2e.yml");
    }

    /** The policy limits warnings, and how many there were is not told. */
    @Test
    void refusesImageWhoseResultTellsNoNumberOfWarnings() throws Exception {
        onlyResult(PASSED.replace("PASSED", "WARNED"));
        assertRefused("tests", "suite '.github/workflows/e2e.yml' passed with warnings and does not tell how many");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"failedTests\": []|\"failedTests\": [\"safari\"]|PASSED although failedTests is not empty",
                "\"warnedTests\": []|\"warnedTests\": [\"safari\"]|PASSED although warnedTests is not empty",
                "\"PASSED\"|\"passed\"|'passed' is not one of PASSED, WARNED, FAILED",
                "\"PASSED\"|\"SKIPPED\"|'SKIPPED' is not one of PASSED, WARNED, FAILED",
                "\"failedTests\"|\"FailedTests\"|FailedTests",
                "\"url\"|\"erroredTests\": [\"safari\"], \"url\"|erroredTests: unknown member",
                "[\"chrome\", \"firefox\"]|2|passedTests: expected an array",
                "\"chrome\", |\"chrome\", {}, |passedTests[1]: expected a string"
            })
    void refusesImageWhoseResultContradictsItselfOrIsNoneOfItsType(String was, String becomes, String reason)
            throws Exception {
        onlyResult(PASSED.replace(was, becomes));
        assertRefused("tests", "a test result cannot be read", reason);
    }

    /** A test that passed and failed in one result passed only in the list that is looked at. */
    @Test
    void refusesImageWhoseTestBothPassedAndFailed() throws Exception {
        onlyResult(PASSED.replace("PASSED", "FAILED").replace("\"failedTests\": []", "\"failedTests\": [\"chrome\"]"));
        assertRefused("tests", "'chrome' is also among those that did not pass");
    }

    @Test
    void refusesImageWhoseRuleBelievesNothingImported() throws Exception {
        stageWithout(Piece.TESTS);
        attachResult(PASSED);
        changePolicy("observed: imported}", "observed: build-agent}");
        assertRefused("tests", "it was observed by 'imported' and this rule asks for 'build-agent' at least");
    }

    @Test
    void refusesImageWhoseRuleBelievesAnotherSigner() throws Exception {
        stageWithout(Piece.TESTS);
        attachResult(PASSED);
        changePolicy("keys: [qa], observed: imported}", "observed: imported}");
        assertRefused("tests", "signed by key qa, which this rule does not trust");
    }

    /** Of one result about two images nobody knows which test ran on which. */
    @Test
    void refusesImageWhoseResultIsAboutAnotherToo() throws Exception {
        stageWithout(Piece.TESTS);
        ObjectNode statement = StrictJson.parseObject(result(image, PASSED).toBytes(), "statement", Statement.MAX_BYTES)
                .node();
        statement
                .withArrayProperty("subject")
                .addObject()
                .put("name", "other")
                .putObject("digest")
                .put("sha256", "0".repeat(64));
        attach(image, Forge.bundle(StrictJson.write(statement), stranger));
        assertRefused("tests", "no test result about");
    }

    /** An expression that denies failed tests sees that there was one, although its name is not told. */
    @Test
    void refusesImageWhoseUnnamedFailureAnExpressionIsAskedFor() throws Exception {
        onlyResult(PASSED.replace("PASSED", "FAILED"));
        changePolicy(FOREIGN, """
                - expression:
                        id: passed
                        cel: "tests.all(t, size(t.failed) == 0)"
                        message: must pass
                        trust: {keys: [qa], observed: imported}\
                """);
        assertRefused("expression:passed", "must pass");
    }
}
