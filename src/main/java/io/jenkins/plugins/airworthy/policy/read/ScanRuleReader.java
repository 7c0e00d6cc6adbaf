package io.jenkins.plugins.airworthy.policy.read;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.evidence.GrypeReport;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.TrivyReport;
import io.jenkins.plugins.airworthy.policy.rule.Allowance;
import io.jenkins.plugins.airworthy.policy.rule.MisconfigurationsRule;
import io.jenkins.plugins.airworthy.policy.rule.SecretsRule;
import io.jenkins.plugins.airworthy.policy.rule.VulnerabilitiesRule;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the rules about the findings of a scanner. Refuses a list of severities that omits a worse one. */
record ScanRuleReader(TrustReader trust) {
    /** Default maximum age of a scan. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofDays(1);

    /** Default maximum age of a scanner's database. */
    public static final Duration DEFAULT_DATABASE_MAX_AGE = Duration.ofDays(2);

    private static final int MAX_ADDRESS = 512;
    private static final List<String> KNOWN = List.of(TrivyReport.NAME, GrypeReport.NAME);

    VulnerabilitiesRule vulnerabilities(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(
                rule,
                "maxAge",
                "databaseMaxAge",
                "deny",
                "always",
                "onlyFixable",
                "grace",
                "allow",
                "scanners",
                RuleReader.TRUST);
        Optional<YamlValue> maxAge = rule.optional("maxAge");
        Optional<YamlValue> databaseMaxAge = rule.optional("databaseMaxAge");
        Optional<YamlValue> onlyFixable = rule.optional("onlyFixable");
        Optional<YamlValue> grace = rule.optional("grace");
        return new VulnerabilitiesRule(
                maxAge.isEmpty() ? DEFAULT_MAX_AGE : YamlFields.duration(maxAge.get()),
                databaseMaxAge.isEmpty() ? DEFAULT_DATABASE_MAX_AGE : YamlFields.duration(databaseMaxAge.get()),
                denied(rule.member("deny")),
                names(rule, "always"),
                onlyFixable.isPresent() && onlyFixable.get().truth(),
                grace.isEmpty() ? Optional.empty() : Optional.of(YamlFields.duration(grace.get())),
                allowed(rule, EnumSet.allOf(Allowance.class)),
                scanners(rule),
                trust.of(rule));
    }

    private static Set<String> names(YamlValue rule, String member) throws InvalidInputException {
        Optional<YamlValue> written = rule.optional(member);
        Set<String> names = new HashSet<>();
        if (written.isPresent()) {
            for (YamlValue name : YamlFields.some(written.get())) {
                names.add(YamlFields.name(name));
            }
        }
        return names;
    }

    private static Set<String> scanners(YamlValue rule) throws InvalidInputException {
        Optional<YamlValue> written = rule.optional("scanners");
        Set<String> scanners = new HashSet<>();
        if (written.isEmpty()) {
            scanners.add(TrivyReport.NAME);
        } else {
            for (YamlValue name : YamlFields.some(written.get())) {
                scanners.add(YamlFields.word(name, text -> Optional.of(text).filter(ScanRuleReader::isScanner), KNOWN));
            }
        }
        return scanners;
    }

    private static boolean isScanner(String text) {
        return KNOWN.contains(text) || (VulnerabilitiesRule.isAddress(text) && text.length() <= MAX_ADDRESS);
    }

    private static Set<Severity> denied(YamlValue deny) throws InvalidInputException {
        Set<Severity> denied = EnumSet.noneOf(Severity.class);
        for (YamlValue severity : YamlFields.some(deny)) {
            denied.add(YamlFields.word(severity, Severity::of, List.of(Severity.values())));
        }
        boolean worse = false;
        for (Severity severity : Severity.values()) {
            if (severity == Severity.UNKNOWN) {
                continue; // always denied, as the highest
            }
            if (worse && !denied.contains(severity)) {
                throw deny.error("denies a severity but not " + severity + ", which is worse");
            }
            worse = worse || denied.contains(severity);
        }
        if (!worse) {
            throw deny.error("denies no severity that a scanner rates; name CRITICAL at least");
        }
        return denied;
    }

    static Set<Allowance> allowed(YamlValue rule, Set<Allowance> known) throws InvalidInputException {
        Set<Allowance> allowed = EnumSet.noneOf(Allowance.class);
        Optional<YamlValue> written = rule.optional("allow");
        if (written.isPresent()) {
            for (YamlValue word : YamlFields.some(written.get())) {
                Function<String, Optional<Allowance>> of =
                        text -> Allowance.of(text).filter(known::contains);
                allowed.add(YamlFields.word(word, of, List.copyOf(known)));
            }
        }
        return allowed;
    }

    SecretsRule secrets(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(rule, "maximum", RuleReader.TRUST);
        Optional<YamlValue> maximum = rule.optional("maximum");
        return new SecretsRule(maximum.isEmpty() ? 0 : maximum.get().count(), trust.of(rule));
    }

    MisconfigurationsRule misconfigurations(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(rule, "deny", "except", RuleReader.TRUST);
        return new MisconfigurationsRule(denied(rule.member("deny")), names(rule, "except"), trust.of(rule));
    }
}
