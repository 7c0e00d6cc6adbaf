package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.PlatformImage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Attack 9: a damaged policy is a policy or an error, and never one that passes an image with nothing shown. */
public final class PolicyFuzzTest {
    private static final String[] WORDS = {
        "{}",
        "[]",
        "~",
        "null",
        "no",
        "true",
        "false",
        "signature",
        "vulnerabilities",
        "without",
        "checklist",
        "trust",
        "keys",
        "identities",
        "observed",
        "imported",
        "controller",
        "waivers",
        "images",
        "expires",
        "mode",
        "audit",
        "enforce",
        "threshold",
        "0",
        "-1",
        "1",
        "24h",
        "7d",
        "0h",
        "99999999999999999999d",
        "deny",
        "[CRITICAL]",
        "allow",
        "grace",
        "2026-13-01",
        "2999-01-01",
        "oci:",
        "{app**}",
        "{x}",
        "**",
        "*",
        "\"registry.example.com/**\"",
        "&a ",
        "*a",
        "<<",
        "---",
        "- signature: {threshold: 1}",
        "- user: {nonRoot: true}",
        "((((",
        ".all(x, "
    };
    private static final PlatformImage IMAGE = Given.image();
    private static final VerifiedEvidence STRANGERS = Given.signature(IMAGE.digest(), Given.key("stranger"));

    @TestFactory
    Stream<DynamicTest> everyPolicyIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("policy", Form.YAML, PolicyFuzzTest::readPolicy)
                        .seeds(PolicyDocumentTest.WHOLE)
                        .others(nothing())
                        .words(WORDS),
                Target.of("policy-of-nothing", Form.YAML, PolicyFuzzTest::readPolicy)
                        .seeds(nothing()
                                .replace("[]", "[{user: {nonRoot: true}}, {signature: {}}]")
                                .replace("{rule: signature, reason: r}, ", ""))
                        .others(nothing())
                        .words(WORDS),
                Target.ofText("expression", PolicyFuzzTest::readExpression)
                        .at(Target.Pace.SLOW)
                        .seeds(
                                "'a' in image.config.labels",
                                "image.config.env.all(e, e.startsWith('PATH') || size(e) > 1)",
                                "image.digest.matches('^sha256:[0-9a-f]{64}$') && image.name != ''")
                        .words(
                                "image",
                                ".",
                                "(",
                                ")",
                                "[",
                                "]",
                                "has(",
                                ".all(x, ",
                                ".map(x, ",
                                ".exists(x, ",
                                "matches('(a+)+$')",
                                "&&",
                                "||",
                                "!",
                                "?",
                                ":",
                                "size(",
                                "'",
                                "1",
                                "0.1",
                                "u",
                                "null",
                                "true",
                                "in",
                                "==",
                                "\"\"\"",
                                "r'",
                                "b'",
                                "+",
                                "%",
                                "dyn(",
                                "timestamp('x')",
                                "duration('1s')",
                                "type(",
                                "evidence",
                                "statement"));
    }

    private static String nothing() {
        String whole = PolicyDocumentTest.WHOLE;
        return whole.substring(0, whole.indexOf("  checklist:"))
                + "  without: [{rule: signature, reason: r}, {rule: vulnerabilities, reason: r}]\n  checklist: []\n";
    }

    private static void readPolicy(byte[] input) throws InvalidInputException {
        Policy policy = Policy.parse(input, Target.SOURCE);
        hold(policy.digest().equals(Digest.of(input)), "another digest than that of the bytes");
        hold(!policy.checklist().isEmpty(), "an empty checklist");
        // Whoever is not named is nobody, and a policy with a rule for evidence passes no image without any.
        boolean asks = policy.checklist().stream()
                .anyMatch(rule -> !rule.signatories().keys().isEmpty()
                        || !rule.signatories().identities().isEmpty());
        Verdict bare = policy.judge(Given.candidate(IMAGE), Given.NOW);
        Verdict strange = policy.judge(Given.candidate(IMAGE, STRANGERS), Given.NOW);
        hold(
                !asks || (!bare.passed() && !strange.passed()) || policy.keys().contains("stranger"),
                "passes an image without evidence");
        boolean silent = !asks && policy.without().size() < 2;
        hold(!silent, "leaves signature and vulnerabilities out without saying so");
        hold(bare.items().size() >= policy.checklist().size(), "a rule was not judged");
        String text = new String(input, UTF_8);
        hold(
                !text.contains("waivers:")
                        || !policy.waivers().isEmpty()
                        || text.contains("#")
                        || !text.contains("- {vulnerability:"),
                "waivers are passed over");
    }

    private static void readExpression(String text) throws InvalidInputException {
        String quoted = "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + "\"";
        byte[] document = Given.document("- expression: {id: e, cel: " + quoted + ", message: m}")
                .getBytes(UTF_8);
        Policy.parse(document, Target.SOURCE).judge(Given.candidate(IMAGE), Given.NOW);
    }
}
