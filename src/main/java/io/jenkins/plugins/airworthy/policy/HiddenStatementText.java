package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.RecordedTests;
import io.jenkins.plugins.airworthy.policy.rule.Outcome;
import io.jenkins.plugins.airworthy.policy.rule.Status;

import java.util.List;

/** Describes, for a verdict, recorded statements that are not among the evidence that was read. */
final class HiddenStatementText {
    private HiddenStatementText() {}

    /** Describes one statement on one line. */
    static String describe(RecordedStatement signed) {
        return signed.predicateType() + " about " + signed.subject()
                + signed.tests().map(HiddenStatementText::describe).orElse("") + ", " + signed.origin() + ", payload "
                + signed.payload();
    }

    private static String describe(RecordedTests tests) {
        return ": suite '" + tests.suite() + "' " + tests.result();
    }

    static Outcome refusal(List<String> missed) {
        String reason = Count.of(missed.size(), "statement was", "statements were")
                + " signed, could decide, and " + (missed.size() == 1 ? "is" : "are") + " not among the evidence: "
                + missed.get(0) + (missed.size() == 1 ? "" : "; and " + (missed.size() - 1) + " more")
                + ". It was removed from the list of evidence, or never attached. Scan or test the image here once"
                + " more; a failed test result counts until the image is built again, or an administrator forgets it";
        return new Outcome(Status.FAILED, reason, missed, List.of());
    }
}
