package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Demands that the deciding scan looked for misconfigurations and found none of these severities. One that the scanner could not rate
 * counts as the highest. Refuses a scan that did not look, or not for all of these severities.
 *
 * @param except the identifiers of checks that are not judged, letter by letter
 */
public record MisconfigurationsRule(Set<Severity> deny, Set<String> except, Trust trust) implements EvidenceRule {
    public static final String KIND = "misconfigurations";

    public MisconfigurationsRule {
        deny = Set.copyOf(deny);
        except = Set.copyOf(except);
    }

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public boolean misses(RuleInput image, RecordedStatement signed) {
        return ScanEvidence.misses(image, trust, signed);
    }

    @Override
    public ConsultedEvidence asks() {
        return ScanEvidence.asked(trust);
    }

    @Override
    public Outcome judge(RuleInput image) {
        return ScanEvidence.judge(image, trust, false, this::check);
    }

    private Outcome check(ScanResult result, VerifiedEvidence evidence) {
        List<VerifiedEvidence> one = List.of(evidence);
        if (!result.ran().contains(ScanResult.Kind.MISCONFIGURATION)) {
            return Outcome.failed(ScanEvidence.unlooked(result, "misconfigurations"), one);
        }
        Set<Severity> asked = EnumSet.of(Severity.UNKNOWN);
        asked.addAll(deny);
        if (!result.severities().containsAll(asked)) {
            return Outcome.failed("the scan did not ask for the severities " + new TreeSet<>(asked), one);
        }
        List<String> denied = new ArrayList<>();
        List<String> excepted = new ArrayList<>();
        for (ScanResult.Misconfiguration found : result.misconfigurations()) {
            if (found.severity() == Severity.UNKNOWN || deny.contains(found.severity())) {
                String text = found.id() + " (" + found.severity() + ") in " + found.target()
                        + (found.title().isEmpty() ? "" : ": " + found.title());
                (except.contains(found.id()) ? excepted : denied).add(text);
            }
        }
        List<String> reasons = new ArrayList<>();
        reasons.add(
                denied.isEmpty()
                        ? "none denied among "
                                + Count.of(result.misconfigurations().size(), "misconfiguration")
                        : Count.of(denied.size(), "misconfiguration is", "misconfigurations are") + " denied: "
                                + Outcome.summary(denied));
        if (!excepted.isEmpty()) {
            reasons.add(excepted.size() + " excepted by the policy: " + Outcome.summary(excepted));
        }
        Status status = denied.isEmpty() ? Status.PASSED : Status.FAILED;
        denied.addAll(excepted);
        return new Outcome(status, String.join("; ", reasons), denied, one);
    }
}
