package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.policy.rule.Durations;
import io.jenkins.plugins.airworthy.recall.Recall;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Recalls and heads of lists for a person and for a script, and the values of options about them. */
final class RecallText {
    static final String VALID = "--valid";
    static final String VALID_DESCRIPTION =
            "How long readers may decide by this version, such as 24h or 30d; default: 7d. Publish the next one before its end.";

    private static final Duration DEFAULT_VALID = Duration.ofDays(7);

    private RecallText() {}

    static ObjectNode document(DocumentHead head) {
        ObjectNode document = StrictJson.object().put("schemaVersion", 1);
        document.put("name", head.name()).put("version", head.version());
        head.previous().ifPresent(digest -> document.put("previous", digest.toString()));
        return document.put("issued", head.issued().toString())
                .put("expires", head.expires().toString());
    }

    static ObjectNode document(Recall recall) {
        ObjectNode json = StrictJson.object()
                .put("id", recall.id().toString())
                .put("state", state(recall))
                .put("action", recall.action().toString())
                .put("kind", recall.target().kind())
                .put("story", recall.story())
                .put("since", recall.since().toString())
                .put("by", recall.by());
        recall.incident().ifPresent(incident -> json.put("incident", incident));
        recall.lifted().ifPresent(lifted -> json.putObject("lifted")
                .put("reason", lifted.reason())
                .put("by", lifted.by())
                .put("at", lifted.at().toString()));
        return json;
    }

    static void write(TextReport page, Recall recall) {
        page.line(
                recall.holds() ? TextStyle.BAD : TextStyle.FAINT,
                "%-9s".formatted(state(recall)),
                recall.id() + " " + recall.target().kind() + ", " + recall.action() + ", since " + recall.since()
                        + " by " + recall.by() + ": " + recall.firstLine());
        recall.lifted()
                .ifPresent(lifted -> page.line(
                        "           lifted at " + lifted.at() + " by " + lifted.by() + ": " + lifted.reason()));
    }

    private static String state(Recall recall) {
        return recall.holds() ? "recalled" : "lifted";
    }

    static Duration valid(Argument option) throws InvalidInputException {
        if (!option.given()) {
            return DEFAULT_VALID;
        }
        return Durations.parse(option.text())
                .filter(duration -> !duration.isZero())
                .orElseThrow(() -> new InvalidInputException(
                        option.text() + ": expected a duration such as 24h or 7d for " + VALID));
    }

    static Instant instant(String option, String text) throws InvalidInputException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidInputException(
                    option + ": '" + text + "' is not a time in UTC such as 2026-12-31T12:00:00Z", e);
        }
    }
}
