package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of a rule for one image. All texts are on one line, since they quote untrusted names.
 *
 * @param reason the reason, for people
 * @param details the findings that the reason counts, at most {@value #MAX_DETAILS}
 * @param evidence the statements that decided
 */
public record Outcome(Status status, String reason, List<String> details, List<VerifiedEvidence> evidence) {
    /** Maximum number of details. */
    public static final int MAX_DETAILS = 200;

    /** Maximum number of findings that a reason names; it counts the others. */
    public static final int MAX_NAMED = 5;

    /** Maximum length of a reason or a detail, in characters. */
    public static final int MAX_TEXT = 2_000;

    public Outcome {
        reason = bounded(reason);
        if (details.size() > MAX_DETAILS) {
            int more = details.size() - MAX_DETAILS + 1;
            details = new ArrayList<>(details.subList(0, MAX_DETAILS - 1));
            details.add("and " + more + " more");
        }
        details = details.stream().map(Outcome::bounded).toList();
        evidence = List.copyOf(evidence);
    }

    static Outcome passed(String reason, List<VerifiedEvidence> evidence) {
        return new Outcome(Status.PASSED, reason, List.of(), evidence);
    }

    static Outcome failed(String reason, List<VerifiedEvidence> evidence) {
        return new Outcome(Status.FAILED, reason, List.of(), evidence);
    }

    /** Returns a text on one line, cut to {@value #MAX_TEXT} characters. */
    public static String bounded(String text) {
        String clean = AirworthyException.oneLine(text);
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT) + "…";
    }

    /** Returns the names of the first findings and the number of the others. */
    static String summary(List<String> findings) {
        int named = Math.min(findings.size(), MAX_NAMED);
        String first = String.join("; ", findings.subList(0, named));
        return findings.size() == named ? first : first + "; and " + (findings.size() - named) + " more";
    }
}
