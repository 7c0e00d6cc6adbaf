package io.jenkins.plugins.airworthy.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.gate.history.Stay;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;

import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An image that was at a target, and whether it may come back.
 *
 * @param stay the newest time that it was there
 * @param obstacle why it may not, whatever the policy says; empty if nothing is in the way
 * @param judged by today's policy; empty if it was not judged
 */
public record RollbackChoice(Stay stay, Optional<String> obstacle, Optional<Judged> judged) {
    /** Whether it was judged, and may come back. */
    public boolean mayReturn() {
        return obstacle.isEmpty()
                && judged.map(Judged::verdict)
                        .filter(verdict -> verdict.passed() && verdict.enforced())
                        .isPresent();
    }

    /** Why it may not come back, in one line; empty if it may, or was not judged. */
    public Optional<String> refusal() {
        return obstacle.or(() ->
                judged.map(Judged::verdict).filter(verdict -> !mayReturn()).map(RollbackChoice::refusal));
    }

    private static String refusal(Verdict verdict) {
        String failed = verdict.items().stream()
                .filter(item -> item.status() == Status.FAILED)
                .map(item -> item.id() + ": " + item.reason())
                .collect(Collectors.joining("; "));
        return "policy '" + verdict.policyName() + "' "
                + (failed.isEmpty() ? "is in audit mode, and brings nothing back" : "refuses it: " + failed);
    }

    /** The choice as JSON. */
    public ObjectNode toJson() {
        ObjectNode json = StrictJson.object();
        json.put("digest", stay.digest().toString());
        json.put("since", stay.since().toString());
        json.put("entry", stay.index());
        stay.source().ifPresent(source -> json.put("source", source));
        stay.built().ifPresent(built -> json.put("built", built.toString()));
        if (obstacle.isPresent() || judged.isPresent()) {
            json.put("mayReturn", mayReturn());
        }
        refusal().ifPresent(reason -> json.put("reason", reason));
        judged.ifPresent(each -> json.set("verdict", each.toJson()));
        return json;
    }
}
