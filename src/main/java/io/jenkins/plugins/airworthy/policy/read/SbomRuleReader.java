package io.jenkins.plugins.airworthy.policy.read;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.evidence.sbom.LicenceList;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;
import io.jenkins.plugins.airworthy.policy.rule.Allowance;
import io.jenkins.plugins.airworthy.policy.rule.LicencesRule;
import io.jenkins.plugins.airworthy.policy.rule.PackagesRule;
import io.jenkins.plugins.airworthy.policy.rule.SbomRule;
import io.jenkins.plugins.airworthy.policy.waiver.Waiver;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the rules about bills of materials. Refuses packages and licences that none can be. */
record SbomRuleReader(TrustReader trust) {
    private static final Pattern OWN_LICENCE = Pattern.compile("LicenseRef-[A-Za-z0-9.-]+");

    SbomRule sbom(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(rule, "format", "allow", RuleReader.TRUST);
        SbomRule.Format format =
                YamlFields.word(rule.member("format"), SbomRule.Format::of, List.of(SbomRule.Format.values()));
        return new SbomRule(format, mayBeEmpty(rule), trust.of(rule));
    }

    PackagesRule packages(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(rule, "deny", "allow", RuleReader.TRUST);
        Map<String, PackageName> deny = new LinkedHashMap<>();
        for (YamlValue entry : YamlFields.some(rule.member("deny"))) {
            String text = YamlFields.checked(entry, Waiver::requirePackage);
            PackageName name = PackageName.parse(text)
                    .orElseThrow(() -> entry.error("'" + text
                            + "' is no package URL; write one such as pkg:npm/name, with @version for one version"));
            if (deny.put(text, name) != null) {
                throw entry.error("named twice");
            }
        }
        return new PackagesRule(deny, mayBeEmpty(rule), trust.of(rule));
    }

    LicencesRule licences(YamlValue rule) throws InvalidInputException {
        EnforcementReader.members(rule, "deny", "unknown", "allow", RuleReader.TRUST);
        Set<String> deny = new LinkedHashSet<>();
        for (YamlValue entry : YamlFields.some(rule.member("deny"))) {
            if (!deny.add(licence(entry))) {
                throw entry.error("named twice");
            }
        }
        Optional<YamlValue> unknown = rule.optional("unknown");
        boolean allowed = unknown.isPresent()
                && YamlFields.word(unknown.get(), List.of("allow", "deny")).equals("allow");
        return new LicencesRule(deny, allowed, mayBeEmpty(rule), trust.of(rule));
    }

    private static String licence(YamlValue entry) throws InvalidInputException {
        String text = YamlFields.text(entry);
        boolean several = text.endsWith(LicencesRule.REST);
        boolean known = several
                ? LicenceList.hasPrefix(text.substring(0, text.length() - 1))
                : LicenceList.has(text) || OWN_LICENCE.matcher(text).matches();
        if (!known) {
            throw entry.error("'" + text + "' is no identifier of the SPDX licence list, such as AGPL-3.0-only, no"
                    + " beginning of one, such as AGPL-*, and no LicenseRef-");
        }
        return text;
    }

    private static boolean mayBeEmpty(YamlValue rule) throws InvalidInputException {
        return !ScanRuleReader.allowed(rule, EnumSet.of(Allowance.NOTHING_ANALYSED))
                .isEmpty();
    }
}
