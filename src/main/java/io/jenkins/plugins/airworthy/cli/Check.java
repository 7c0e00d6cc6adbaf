package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One line of a verdict for programs that read reports of tests or of analysers: an item of the checklist, or the verdict as a whole.
 *
 * @param platform what it is about, if it is not the whole image
 */
record Check(String id, Optional<String> platform, Status status, String reason, List<String> details) {
    /** The check that says what was decided of the image as a whole; it fails whenever the command refuses. */
    static final String VERDICT = "verdict";

    Check {
        details = List.copyOf(details);
    }

    /**
     * The items of a verdict, and last what the command decided. Without that last one, a verdict whose items are all left out would
     * look like one that passed, and so would a policy that promotes nothing.
     *
     * @param refusal why the command refuses; empty if it does not
     */
    static List<Check> of(Verdict verdict, Optional<String> refusal) {
        List<Check> checks = new ArrayList<>();
        for (Verdict.Item item : verdict.items()) {
            checks.add(new Check(
                    item.id(), item.platform().map(Object::toString), item.status(), item.reason(), item.details()));
        }
        checks.add(new Check(
                VERDICT,
                Optional.empty(),
                refusal.isPresent() ? Status.FAILED : Status.PASSED,
                refusal.orElse("policy '" + verdict.policyName() + "' " + verdict.policyDigest() + " passed"),
                List.of()));
        return List.copyOf(checks);
    }

    /** Whether it failed, or would fail if it were enforced. */
    boolean tells() {
        return failed() || status == Status.WARNED;
    }

    boolean failed() {
        return status == Status.FAILED;
    }

    String name() {
        return id + platform.map(text -> " on " + text).orElse("");
    }
}
