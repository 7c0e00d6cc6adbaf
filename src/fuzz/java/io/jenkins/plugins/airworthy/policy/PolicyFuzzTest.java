package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import io.jenkins.plugins.airworthy.policy.waiver.OpenVex;
import io.jenkins.plugins.airworthy.policy.waiver.ProposedWaiver;
import io.jenkins.plugins.airworthy.policy.waiver.VulnerabilityId;
import io.jenkins.plugins.airworthy.policy.waiver.Waiver;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final Set<String> PARTS =
            Set.of("mode", "expires", "trust", "images", "checklist", "waivers", "without");
    private static final String OPEN_VEX = """
            {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://supplier.example.com/1", "author": "a",
             "timestamp": "2026-11-01T00:00:00Z", "version": 1, "statements": [
              {"vulnerability": {"name": "CVE-2026-0001", "aliases": ["GHSA-jfh8-c2jp-5v3q"]}, "status": "not_affected",
               "justification": "vulnerable_code_not_present", "impact_statement": "not called",
               "products": [{"@id": "pkg:oci/a?repository_url=r.example.com/a", "subcomponents": [{"@id": "pkg:npm/b@1"}]}]},
              {"vulnerability": {"name": "CVE-2026-0002"}, "status": "fixed", "timestamp": "2026-11-02T00:00:00Z",
               "products": [{"@id": "https://example.com/x", "identifiers": {"purl": "pkg:npm/b@1"}}]}]}
            """;
    private static final PlatformImage IMAGE = Given.image();
    private static final VerifiedEvidence STRANGERS = Given.signature(IMAGE.digest(), Given.key("stranger"));

    @TestFactory
    Stream<DynamicTest> understandsOrRefusesEveryPolicy() {
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
                Target.of("openvex", Form.JSON, PolicyFuzzTest::readOpenVex)
                        .seeds(OPEN_VEX)
                        .words(
                                "not_affected",
                                "affected",
                                "fixed",
                                "justification",
                                "vulnerable_code_not_present",
                                "pkg:oci/a?repository_url=r.example.com/a",
                                "pkg:npm/%40a/b@1"),
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

    /** What is proposed is a waiver that a policy takes once it has an end and a name. */
    private static void readOpenVex(byte[] input) throws InvalidInputException {
        NamePattern images = NamePattern.ofImages("r.example.com/**");
        for (ProposedWaiver waiver :
                OpenVex.read(input, Target.SOURCE, Optional.of(images)).waivers()) {
            VulnerabilityId.require(waiver.vulnerability());
            Waiver.requirePackage(waiver.packageUrl());
            NamePattern.ofImages(waiver.image());
            hold(waiver.reason().lines().count() == 1, "a reason of several lines");
        }
    }

    private static void readPolicy(byte[] input) throws InvalidInputException, InterruptedException {
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
        requireSame(policy, input);
    }

    /** A reader of YAML that is not ours must see the same parts, and no others. */
    private static void requireSame(Policy policy, byte[] input) {
        Map<?, ?> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(new String(input, UTF_8));
        Map<?, ?> spec = (Map<?, ?>) document.get("spec");
        hold(
                document.keySet().equals(Set.of("apiVersion", "kind", "metadata", "spec")),
                "an unknown part is passed over");
        hold(PARTS.containsAll(spec.keySet()), "an unknown key is passed over: " + spec.keySet());
        hold(size(spec, "checklist") == policy.checklist().size(), "another checklist than written");
        hold(size(spec, "images") == policy.routes().size(), "other images than written");
        hold(size(spec, "waivers") == policy.waivers().size(), "other waivers than written");
        hold(size(spec, "without") == policy.without().size(), "another 'without' than written");
        hold(spec.containsKey("expires") == policy.expires().isPresent(), "the expiry is passed over");
        boolean audit = "audit".equals(spec.get("mode"));
        hold(audit == (policy.mode() == Mode.AUDIT), "another mode than written");
    }

    private static int size(Map<?, ?> spec, String part) {
        return spec.get(part) instanceof List<?> list ? list.size() : 0;
    }

    private static void readExpression(String text) throws InvalidInputException, InterruptedException {
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
