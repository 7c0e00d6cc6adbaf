package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.VerificationSummary;
import io.jenkins.plugins.airworthy.policy.Verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes the verification summary of a verdict. Refuses a verdict that did not pass or is not enforced, so that no summary says
 * PASSED for such a verdict.
 */
final class VsaFactory {
    private static final String POLICY_URI = "urn:airworthy:policy:";

    private VsaFactory() {}

    static Statement of(Verdict verdict, PromoteRequest request, Instant now) {
        if (!verdict.passed() || !verdict.enforced()) {
            throw new IllegalArgumentException("only an enforced pass has a summary");
        }
        VerificationSummary summary = new VerificationSummary(
                request.verifier(),
                verdict.evaluatedAt(),
                request.target().toString(),
                POLICY_URI + verdict.policyName(),
                Optional.of(verdict.policyDigest()),
                List.copyOf(verdict.evidence()),
                VerificationSummary.Result.PASSED,
                List.of(VerificationSummary.UNEVALUATED));
        return summary.toStatement(
                new Subject(Optional.of(request.target().repository()), verdict.digest()),
                new Observation(request.observer(), now));
    }
}
