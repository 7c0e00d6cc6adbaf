package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.TrivyReport;
import io.jenkins.plugins.airworthy.policy.rule.AcceptedBuild;
import io.jenkins.plugins.airworthy.policy.rule.BaseRule;
import io.jenkins.plugins.airworthy.policy.rule.Durations;
import io.jenkins.plugins.airworthy.policy.rule.EvidenceRule;
import io.jenkins.plugins.airworthy.policy.rule.ExpressionRule;
import io.jenkins.plugins.airworthy.policy.rule.LicencesRule;
import io.jenkins.plugins.airworthy.policy.rule.MisconfigurationsRule;
import io.jenkins.plugins.airworthy.policy.rule.PackagesRule;
import io.jenkins.plugins.airworthy.policy.rule.ProvenanceRule;
import io.jenkins.plugins.airworthy.policy.rule.RequiredProof;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.SbomRule;
import io.jenkins.plugins.airworthy.policy.rule.SecretsRule;
import io.jenkins.plugins.airworthy.policy.rule.Signatories;
import io.jenkins.plugins.airworthy.policy.rule.SignatureRule;
import io.jenkins.plugins.airworthy.policy.rule.TestsRule;
import io.jenkins.plugins.airworthy.policy.rule.Trust;
import io.jenkins.plugins.airworthy.policy.rule.UserRule;
import io.jenkins.plugins.airworthy.policy.rule.VulnerabilitiesRule;
import io.jenkins.plugins.airworthy.policy.rule.WarningRule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Says in words what a rule asks for, and whom it believes. */
final class RuleWords {
    private RuleWords() {}

    /** What a rule asks for, and whether it only warns. */
    static String asks(Rule rule) {
        if (rule instanceof WarningRule warning) {
            return asks(warning.rule())
                    + warning.from()
                            .map(day -> "; until " + day + ", 00:00 UTC, it only warns")
                            .orElse("; it only warns");
        } else if (rule instanceof SignatureRule signature) {
            return "signed by at least " + signature.threshold() + " of these signers";
        } else if (rule instanceof ProvenanceRule provenance) {
            return provenance(provenance);
        } else if (rule instanceof TestsRule tests) {
            return "at least " + Count.of(tests.minimum(), "test") + " passed and at most " + tests.failures()
                    + " failed"
                    + tests.warned()
                            .map(most -> ", at most " + most + " with a warning")
                            .orElse("")
                    + tests.skipped()
                            .map(most -> ", at most " + most + " skipped")
                            .orElse("")
                    + (tests.rerunsAllowed() ? "; a suite may fail first and pass later" : "");
        } else if (rule instanceof VulnerabilitiesRule vulnerabilities) {
            return vulnerabilities(vulnerabilities);
        } else if (rule instanceof SecretsRule secrets) {
            return "a scan looked for secrets and found at most " + secrets.maximum();
        } else if (rule instanceof SbomRule sbom) {
            return "a bill of materials in the format " + sbom.format()
                    + (sbom.emptyAllowed() ? ", which may be empty" : " that lists something");
        } else if (rule instanceof PackagesRule packages) {
            return "the newest bill of materials lists none of "
                    + any(List.copyOf(packages.deny().keySet()), "nothing");
        } else if (rule instanceof LicencesRule licences) {
            return "the newest bill of materials lists no package under " + any(sorted(licences.deny()), "nothing")
                    + (licences.unknownAllowed() ? "; unknown licences are let through" : ", and no unknown licence");
        } else if (rule instanceof MisconfigurationsRule misconfigurations) {
            return misconfigurations(misconfigurations);
        } else if (rule instanceof BaseRule base) {
            return "built on " + any(base.allow(), "no base image") + (base.scratchAllowed() ? ", or from scratch" : "")
                    + "; the layers are compared";
        } else if (rule instanceof UserRule user) {
            return "does not run as root" + (user.namesAllowed() ? "; a user's name is believed" : ", by number");
        } else if (rule instanceof ExpressionRule expression) {
            return "its expression is true; otherwise: " + expression.message();
        }
        throw new IllegalStateException("a rule without words: " + rule.id());
    }

    static String believes(Rule written) {
        Rule rule = written.enforced();
        if (rule instanceof ProvenanceRule provenance && provenance.accept().size() > 1) {
            return "believes what each alternative says";
        }
        List<String> names = signers(rule.signatories());
        if (names.isEmpty()) {
            return "needs no evidence: it looks at the image itself";
        }
        String observed =
                rule instanceof EvidenceRule evidence ? ", " + observed(evidence.trust()) : ", wherever it was signed";
        return "believes " + String.join(", ", names) + observed
                + proven(rule.signatories().proof());
    }

    private static List<String> signers(Signatories signers) {
        List<String> names = new ArrayList<>();
        signers.keys().stream().sorted().forEach(name -> names.add("the key " + name));
        signers.identities().forEach(identity -> names.add("the identity " + identity));
        return names;
    }

    private static String proven(RequiredProof proof) {
        return (proof.log() ? ", with an entry in a log" : "")
                + (proof.timestamp() ? ", with a timestamp of an authority" : "");
    }

    private static String observed(Trust trust) {
        return "observed by " + trust.observed() + " at least";
    }

    private static String provenance(ProvenanceRule rule) {
        if (rule.accept().size() == 1) {
            return build(rule.accept().get(0));
        }
        List<String> alternatives = new ArrayList<>();
        for (AcceptedBuild build : rule.accept()) {
            alternatives.add("(" + (alternatives.size() + 1) + ") " + build(build) + ", which it believes if "
                    + observed(build.trust()) + " and signed by "
                    + any(signers(build.trust().signatories()), "nobody")
                    + proven(build.trust().signatories().proof()));
        }
        return "one of: " + String.join("; ", alternatives);
    }

    private static String build(AcceptedBuild build) {
        StringBuilder text = new StringBuilder("built by ").append(any(sorted(build.builders()), "no builder"));
        for (int i = 0; i < build.sources().size(); i++) {
            AcceptedBuild.Source source = build.sources().get(i);
            text.append(i == 0 ? ", from " : ", or from ")
                    .append(source.repository())
                    .append(" at ")
                    .append(any(source.refs().stream().map(ref -> ref.text()).toList(), "no ref"));
        }
        return text.append(build.sources().isEmpty() ? ", from any source" : "")
                .append(build.adoptedAllowed() ? "; it may have adopted what another program built" : "")
                .toString();
    }

    private static String misconfigurations(MisconfigurationsRule rule) {
        return "a scan looked for misconfigurations and found none of severity " + any(worstFirst(rule.deny()), "none")
                + " or of unknown severity"
                + (rule.except().isEmpty() ? "" : ", except " + any(sorted(rule.except()), ""));
    }

    private static List<String> worstFirst(Collection<Severity> severities) {
        return severities.stream()
                .sorted(Comparator.<Severity>naturalOrder().reversed())
                .map(Severity::toString)
                .toList();
    }

    private static String vulnerabilities(VulnerabilitiesRule rule) {
        List<String> parts = new ArrayList<>();
        parts.add("a scan of the last " + Durations.text(rule.maxAge()) + ", with a database of the last "
                + Durations.text(rule.databaseMaxAge()) + " before it, found none of severity "
                + any(worstFirst(rule.deny()), "none") + " or of unknown severity");
        if (rule.onlyFixable()) {
            parts.add("one without a known fix is let through");
        }
        rule.grace()
                .ifPresent(grace ->
                        parts.add("one is let through for " + Durations.text(grace) + " after its publication"));
        if (!rule.always().isEmpty()) {
            parts.add(String.join(", ", sorted(rule.always())).toUpperCase(Locale.ROOT)
                    + " never, whatever the severity, unless it is waived");
        }
        if (!rule.scanners().equals(Set.of(TrivyReport.NAME))) {
            parts.add("the scan is by " + any(sorted(rule.scanners()), ""));
        }
        rule.allow().stream().sorted().forEach(allowed -> parts.add("'" + allowed + "' is allowed"));
        return String.join("; ", parts);
    }

    private static List<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }

    private static String any(List<?> names, String none) {
        return names.isEmpty()
                ? none
                : String.join(" or ", names.stream().map(Object::toString).toList());
    }
}
