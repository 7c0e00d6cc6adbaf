package io.jenkins.plugins.airworthy.policy.read;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import io.jenkins.plugins.airworthy.policy.cel.CelCondition;
import io.jenkins.plugins.airworthy.policy.cel.ExpressionFlaw;
import io.jenkins.plugins.airworthy.policy.rule.BaseRule;
import io.jenkins.plugins.airworthy.policy.rule.ExpressionRule;
import io.jenkins.plugins.airworthy.policy.rule.LicencesRule;
import io.jenkins.plugins.airworthy.policy.rule.MisconfigurationsRule;
import io.jenkins.plugins.airworthy.policy.rule.PackagesRule;
import io.jenkins.plugins.airworthy.policy.rule.ProvenanceRule;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.SbomRule;
import io.jenkins.plugins.airworthy.policy.rule.SecretsRule;
import io.jenkins.plugins.airworthy.policy.rule.Signatories;
import io.jenkins.plugins.airworthy.policy.rule.SignatureRule;
import io.jenkins.plugins.airworthy.policy.rule.TestsRule;
import io.jenkins.plugins.airworthy.policy.rule.UserRule;
import io.jenkins.plugins.airworthy.policy.rule.VulnerabilitiesRule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads one item of a checklist. Refuses an unknown rule or key, and a rule that demands nothing.
 *
 * @param trust the trust that applies to all rules of the policy
 * @param captures the captures that every {@code from} pattern of the policy has; a source may use only these
 */
public record RuleReader(TrustReader trust, Set<String> captures) {
    /** The names of all rules. */
    public static final Set<String> KINDS = Set.of(
            SignatureRule.KIND,
            ProvenanceRule.KIND,
            TestsRule.KIND,
            VulnerabilitiesRule.KIND,
            SecretsRule.KIND,
            MisconfigurationsRule.KIND,
            SbomRule.KIND,
            PackagesRule.KIND,
            LicencesRule.KIND,
            BaseRule.KIND,
            UserRule.KIND,
            ExpressionRule.KIND);

    private static final Set<String> LATER = Set.of("approvals");
    static final String TRUST = "trust";

    public Rule read(YamlValue item) throws InvalidInputException {
        Map<String, YamlValue> members = item.map();
        if (members.size() != 1) {
            throw item.error("expected one rule, such as 'signature: {threshold: 1}'; found " + members.size());
        }
        String kind = members.keySet().iterator().next();
        YamlValue rule = members.get(kind);
        if (LATER.contains(kind)) {
            throw item.error("the rule '" + kind + "' is not available yet");
        }
        if (!KINDS.contains(kind)) {
            throw item.error("unknown rule '" + kind + "', expected one of " + String.join(", ", new TreeSet<>(KINDS)));
        }
        if (!rule.isMap()) {
            throw rule.error("expected a map for the rule '" + kind + "', such as {} or {key: value}");
        }
        return EnforcementReader.read(rule, rule(kind, rule));
    }

    private Rule rule(String kind, YamlValue rule) throws InvalidInputException {
        return switch (kind) {
            case SignatureRule.KIND -> signature(rule);
            case ProvenanceRule.KIND -> new ProvenanceRuleReader(trust, captures).provenance(rule);
            case TestsRule.KIND -> tests(rule);
            case VulnerabilitiesRule.KIND -> new ScanRuleReader(trust).vulnerabilities(rule);
            case SecretsRule.KIND -> new ScanRuleReader(trust).secrets(rule);
            case SbomRule.KIND -> new SbomRuleReader(trust).sbom(rule);
            case PackagesRule.KIND -> new SbomRuleReader(trust).packages(rule);
            case LicencesRule.KIND -> new SbomRuleReader(trust).licences(rule);
            case MisconfigurationsRule.KIND -> new ScanRuleReader(trust).misconfigurations(rule);
            case BaseRule.KIND -> base(rule);
            case UserRule.KIND -> user(rule);
            case ExpressionRule.KIND -> expression(rule);
            default -> throw new IllegalStateException("no reader for the rule " + kind);
        };
    }

    private SignatureRule signature(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(rule, "threshold", TRUST);
        Signatories signatories = trust.signatories(rule);
        OptionalLong most = signatories.most();
        Optional<YamlValue> written = rule.optional("threshold");
        long threshold = written.isEmpty() ? 1 : written.get().count();
        if (threshold < 1 || (most.isPresent() && threshold > most.getAsLong())) {
            throw written.orElse(rule)
                    .error("a threshold is 1 at least and at most the number of trusted signers"
                            + (most.isPresent() ? ", here " + most.getAsLong() : ""));
        }
        return new SignatureRule(signatories, threshold);
    }

    private TestsRule tests(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(rule, "minimum", "failures", "warned", "skipped", "reruns", TRUST);
        Optional<YamlValue> minimum = rule.optional("minimum");
        if (minimum.isPresent() && minimum.get().count() < 1) {
            throw minimum.get().error("a rule that asks for no test asks for nothing; leave it out");
        }
        Optional<YamlValue> failures = rule.optional("failures");
        Optional<YamlValue> warned = rule.optional("warned");
        Optional<YamlValue> skipped = rule.optional("skipped");
        Optional<YamlValue> reruns = rule.optional("reruns");
        return new TestsRule(
                minimum.isEmpty() ? 1 : minimum.get().count(),
                failures.isEmpty() ? 0 : failures.get().count(),
                warned.isEmpty() ? Optional.empty() : Optional.of(warned.get().count()),
                skipped.isEmpty() ? Optional.empty() : Optional.of(skipped.get().count()),
                reruns.isPresent()
                        && YamlFields.word(reruns.get(), List.of("allow", "deny"))
                                .equals("allow"),
                trust.of(rule));
    }

    private BaseRule base(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(rule, "allow", TRUST);
        List<NamePattern> patterns = new ArrayList<>();
        boolean scratch = false;
        for (YamlValue name : YamlFields.some(rule.member("allow"))) {
            if (name.text().equals(BaseRule.SCRATCH)) {
                scratch = true;
            } else {
                patterns.add(YamlFields.patternWithoutCaptures(name));
            }
        }
        return new BaseRule(patterns, scratch, trust.of(rule));
    }

    private static UserRule user(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(rule, "nonRoot", "allow");
        YamlValue nonRoot = rule.member("nonRoot");
        if (!nonRoot.truth()) {
            throw nonRoot.error("a rule that asks for nothing; leave it out");
        }
        boolean names = false;
        Optional<YamlValue> allow = rule.optional("allow");
        if (allow.isPresent()) {
            for (YamlValue word : YamlFields.some(allow.get())) {
                names = YamlFields.word(word, List.of("named-user")).equals("named-user");
            }
        }
        return new UserRule(names);
    }

    private ExpressionRule expression(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(rule, "id", "cel", "message", TRUST);
        YamlValue cel = rule.member("cel");
        String expression = YamlFields.text(cel);
        try {
            return new ExpressionRule(
                    YamlFields.name(rule.member("id")),
                    CelCondition.compile(expression),
                    YamlFields.text(rule.member("message")),
                    trust.of(rule));
        } catch (ExpressionFlaw e) {
            throw cel.errorAt(e.line(), e.column(), "in the expression: " + e.getMessage());
        }
    }
}
