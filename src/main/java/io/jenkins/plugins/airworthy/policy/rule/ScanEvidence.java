package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges the deciding scan of one image, after checking that it is a scan of that image. */
public final class ScanEvidence {
    public static final String NOUN = "scan result";

    private ScanEvidence() {}

    /** Judges the findings of one scan. */
    @FunctionalInterface
    interface Check {
        Outcome check(ScanResult result, VerifiedEvidence evidence);
    }

    static ConsultedEvidence asked(Trust trust) {
        return new ConsultedEvidence.Newest(PredicateTypes.VULNERABILITIES, trust);
    }

    static Outcome judge(RuleInput image, Trust trust, boolean mayBeUnnamed, Check check) {
        return LatestEvidence.judge(
                image,
                image.digest(),
                PredicateTypes.VULNERABILITIES,
                NOUN,
                trust,
                evidence -> check(image, evidence, mayBeUnnamed, check));
    }

    /** Returns why a scan cannot be used: it did not look for something, or does not say that it did. */
    static String unlooked(ScanResult result, String what) {
        return result.saysWhatWasAsked()
                ? "the scan did not look for " + what
                : "the scan does not say that it looked for " + what;
    }

    static boolean misses(RuleInput image, Trust trust, RecordedStatement signed) {
        return LatestEvidence.misses(image, image.digest(), PredicateTypes.VULNERABILITIES, trust, signed);
    }

    private static Outcome check(RuleInput image, VerifiedEvidence evidence, boolean mayBeUnnamed, Check check)
            throws InvalidInputException {
        ScanResult result = ScanResult.parse(evidence.statement());
        if (mayBeUnnamed && result.image().isUnnamed()) {
            return check.check(result, evidence);
        }
        Optional<String> other = aboutAnother(image, result);
        return other.isPresent() ? Outcome.failed(other.get(), List.of(evidence)) : check.check(result, evidence);
    }

    private static Optional<String> aboutAnother(RuleInput image, ScanResult result) {
        Digest config = image.platformImage().manifest().config().digest();
        return result.image().isOf(config, Set.copyOf(List.of(image.digest(), image.asked())))
                ? Optional.empty()
                : Optional.of("the scanner's report is about another image ("
                        + result.image().id().map(Digest::abbreviated).orElse("not named") + " instead of "
                        + config.abbreviated() + ")");
    }

    /** Reads a scan of the image that looked for all vulnerabilities: what another does not list may be there. */
    public static ScanResult complete(RuleInput image, VerifiedEvidence evidence) throws InvalidInputException {
        ScanResult result = ScanResult.parse(evidence.statement());
        Optional<String> other = aboutAnother(image, result);
        if (other.isPresent()) {
            throw new InvalidInputException(other.get());
        }
        if (!result.ran().contains(ScanResult.Kind.VULNERABILITY)) {
            throw new InvalidInputException(unlooked(result, "vulnerabilities"));
        }
        if (!result.severities().containsAll(EnumSet.allOf(Severity.class))) {
            throw new InvalidInputException("the scan did not ask for all severities");
        }
        return result;
    }
}
