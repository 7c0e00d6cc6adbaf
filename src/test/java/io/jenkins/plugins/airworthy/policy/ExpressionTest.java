package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ExpressionTest {
    private static final PlatformImage IMAGE =
            Given.image("linux/arm64/v8", "1000", Map.of("team", "shop"), List.of(Given.digest("base")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'team' in image.config.labels",
                "image.config.labels['team'] == 'shop'",
                "image.config.env['PATH'] == '/bin' && image.config.env['EMPTY'] == ''",
                "image.config.user == '1000'",
                "image.name == 'registry.example.com/staging/shop/cart' && image.tag == '1.0'",
                "image.digest.startsWith('sha256:')",
                "image.platform.os == 'linux' && image.platform.architecture == 'arm64' && image.platform.variant == 'v8'",
                "size(image.layers) == 1 && size(image.config.ports) == 0",
                "target.name.startsWith('registry.example.com/prod/') && target.tag == 'v1.0'",
                "evidence.exists(e, e.predicateType == 'https://spdx.dev/Document' && e.observed == 'build-agent')",
                "evidence.all(e, now - e.observedAt < duration('24h') && 'release' in e.keys)",
                "now == timestamp('2026-11-20T12:00:00Z')"
            })
    void passesWhatHolds(String cel) throws Exception {
        assertThat(judge(cel).status()).as(cel).isEqualTo(Status.PASSED);
    }

    @Test
    void refusesWhatDoesNotHoldWithTheAuthorsMessage() throws Exception {
        Verdict.Item item = judge("'maintainer' in image.config.labels");
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).isEqualTo("must hold");
    }

    @Test
    void refusesWhatCannotBeEvaluated() throws Exception {
        Verdict.Item item = judge("image.config.labels['maintainer'] == 'shop'");
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).startsWith("must hold (the expression could not be evaluated");
    }

    @Test
    void seesNoEvidenceThatTheRuleDoesNotTrust() throws Exception {
        Policy policy = Given.policy("- expression: {id: spdx, cel: \"size(evidence) == 0\", message: m}");
        Candidate candidate = Given.candidate(
                IMAGE,
                Given.evidence(
                        IMAGE.digest(),
                        java.util.Optional.of(Given.seen()),
                        PredicateTypes.SPDX,
                        Given.json("{}"),
                        Given.key("stranger")));
        assertThat(policy.judge(candidate, Given.NOW).passed()).isTrue();
    }

    /** It would be younger than any age that the expression asks for, for as long as its signer likes. */
    @Test
    void refusesToLookAtEvidenceOfTheFuture() throws Exception {
        Policy policy = Given.policy(
                "- expression: {id: fresh, cel: \"evidence.exists(e, now - e.observedAt < duration('24h'))\", message: m}");
        Candidate candidate = Given.candidate(
                IMAGE,
                Given.evidence(
                        IMAGE.digest(),
                        Given.seen(Observer.BUILD_AGENT, Given.NOW.plus(Duration.ofDays(365))),
                        PredicateTypes.SPDX,
                        Given.json("{}")));
        Verdict.Item item = Given.item(policy.judge(candidate, Given.NOW), "expression:fresh");
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains("in the future");
    }

    /** Programs take the first or the last of them: a policy that sees the other one is deceived. */
    @Test
    void refusesAnImageThatSetsAVariableTwice() throws Exception {
        String config = "{'os':'linux','architecture':'amd64','config':{'Env':['MODE=unsafe','MODE=safe']},"
                + "'rootfs':{'type':'layers','diff_ids':[]}}";
        PlatformImage twice = new PlatformImage(
                IMAGE.digest(),
                IMAGE.platform(),
                IMAGE.manifest(),
                ImageConfig.parse(config.replace('\'', '"').getBytes(UTF_8), "config"));
        Policy policy =
                Given.policy("- expression: {id: mode, cel: \"image.config.env['MODE'] == 'safe'\", message: m}");
        Verdict.Item item = Given.item(policy.judge(Given.candidate(twice), Given.NOW), "expression:mode");
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains("sets the variable 'MODE' twice");
    }

    /** What an expression looked at was judged, so a promotion takes it along. */
    @Test
    void namesTheEvidenceThatItLookedAt() throws Exception {
        assertThat(judge("size(evidence) == 1").evidence()).hasSize(1);
        assertThat(judge("image.config.user == '1000'").evidence()).isEmpty();
    }

    @Test
    void seesNoEvidenceOfAnotherChild() throws Exception {
        PlatformImage other = Given.image("linux/amd64", "1000", Map.of(), List.of(Given.digest("other")));
        Policy policy = Given.policy("- expression: {id: x, cel: \"size(evidence) == 1\", message: m}");
        Candidate index = Given.index(
                List.of(IMAGE, other),
                Given.evidence(IMAGE.digest(), Given.seen(), PredicateTypes.SPDX, Given.json("{}")));
        assertThat(policy.judge(index, Given.NOW).items())
                .filteredOn(item -> item.id().equals("expression:x"))
                .extracting(Verdict.Item::status)
                .containsExactly(Status.PASSED, Status.FAILED);
    }

    /** Attack 7: an expression that never ends. Nested loops multiply; the budget stops them. */
    @Test
    void refusesAnExpressionThatNeverEndsWithinItsBudget() throws Exception {
        String list = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]";
        String cel = list + ".all(a, " + list + ".all(b, " + list + ".all(c, " + list + ".all(d, " + list
                + ".all(e, a + b + c + d + e > 0)))))";
        long start = System.nanoTime();
        assertThat(judge(cel).status()).isEqualTo(Status.FAILED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    /** Errors of the expression are found when the policy is read, at the expression's own place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'image.conifg.user == \"x\"'|undefined field",
                "'imgae.name == \"x\"'|undeclared reference",
                "'image.config.labels == '|mismatched input",
                "'image.name'|expected type 'bool' but found 'string'",
                "'image.name == 5'|no matching overload",
                "'evil()'|undeclared reference"
            })
    void refusesAPolicyWithAFaultyExpression(String cel, String problem) {
        String document = Given.document("- expression: {id: x, cel: '" + cel + "', message: m}");
        assertThatThrownBy(() -> Policy.parse(document.getBytes(java.nio.charset.StandardCharsets.UTF_8), "p.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("(?s)p\\.yaml:\\d+:\\d+: in the expression: .*")
                .hasMessageContaining(problem);
    }

    @Test
    void namesLineAndColumnInsideTheExpression() {
        String document = Given.document("- expression: {id: x, cel: \"true && imgae == 5\", message: m}");
        InvalidInputException e = catchThrowableOfType(
                InvalidInputException.class,
                () -> Policy.parse(document.getBytes(java.nio.charset.StandardCharsets.UTF_8), "p.yaml"));
        int line = 1
                + (int) document.substring(0, document.indexOf("imgae")).lines().count()
                - 1;
        int column = document.indexOf("imgae") - document.lastIndexOf('\n', document.indexOf("imgae"));
        assertThat(e.getMessage()).startsWith("p.yaml:" + line + ":" + column + ": ");
    }

    @Test
    void refusesExpressionsTooLongOrTooDeep() {
        assertThatThrownBy(() -> judge("true" + " && true".repeat(1_000))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> judge("(".repeat(200) + "true" + ")".repeat(200)))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> judge("[".repeat(100) + "]".repeat(100) + " == []"))
                .isInstanceOf(InvalidInputException.class);
    }

    private static Verdict.Item judge(String cel) throws Exception {
        Policy policy =
                Given.policy("- expression: {id: holds, cel: '" + cel.replace("'", "''") + "', message: must hold}");
        Candidate candidate = Given.candidate(
                IMAGE, Given.evidence(IMAGE.digest(), Given.seen(), PredicateTypes.SPDX, Given.json("{}")));
        return Given.item(policy.judge(candidate, Given.NOW), "expression:holds");
    }
}
