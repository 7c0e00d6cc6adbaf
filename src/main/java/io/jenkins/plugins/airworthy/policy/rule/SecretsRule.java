package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.util.List;

/** Demands that a scan looked for secrets in the image and found at most {@code maximum}. Refuses a scan that did not look. */
public record SecretsRule(long maximum, Trust trust) implements EvidenceRule {
    public static final String KIND = "secrets";

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
        if (!result.ran().contains(ScanResult.Kind.SECRET)) {
            return Outcome.failed(ScanEvidence.unlooked(result, "secrets"), one);
        }
        List<String> found = result.secrets().stream()
                .map(s -> s.ruleId() + " (" + s.severity() + ") in " + s.target())
                .toList();
        if (found.size() > maximum) {
            String reason =
                    Count.of(found.size(), "secret") + ", at most " + maximum + " allowed: " + Outcome.summary(found);
            return new Outcome(Status.FAILED, reason, found, one);
        }
        return new Outcome(Status.PASSED, Count.of(found.size(), "secret") + " found", found, one);
    }
}
