package io.jenkins.plugins.airworthy.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

    /** The member with the state of the gate's ledger: a signed note. */
    static final String CHECKPOINT = "https://plugins.jenkins.io/airworthy/vsa/ledger-checkpoint";

    private VsaFactory() {}

    static Statement of(Verdict verdict, PromoteRequest request, Optional<String> checkpoint, Instant now) {
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
        Statement statement = summary.toStatement(
                new Subject(Optional.of(request.target().repository()), verdict.digest()),
                new Observation(request.observer(), now));
        ObjectNode predicate = statement.predicate().deepCopy();
        checkpoint.ifPresent(note -> predicate.put(CHECKPOINT, note));
        return new Statement(statement.subject(), statement.observation(), statement.predicateType(), predicate);
    }
}
