package io.jenkins.plugins.airworthy.jenkins.run;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.RingKey;
import io.jenkins.plugins.airworthy.jenkins.config.RunKind;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys for a plan, all of them or none: whatever one of them is refused for is told together, before anything is signed. */
final class OfferedKeys {
    private OfferedKeys() {}

    /** Asks the administrator's keys for one that fits. */
    @FunctionalInterface
    interface Source {
        RingKey find(KeyRole role, Set<RunKind> toAccept) throws InvalidInputException;
    }

    static Map<KeyRole, RingKey> of(Set<KeyRole> roles, Set<RunKind> kinds, Source source)
            throws InvalidInputException {
        Map<KeyRole, RingKey> keys = new EnumMap<>(KeyRole.class);
        Set<String> refusals = new LinkedHashSet<>();
        Set<RunKind> marks = new LinkedHashSet<>();
        for (KeyRole role : roles) {
            Set<RunKind> toAccept = SigningPlan.toAccept(role, kinds);
            try {
                keys.put(role, source.find(role, toAccept));
            } catch (InvalidInputException refusal) {
                refusals.add(refusal.getMessage());
                toAccept.stream().filter(RunKind::isMarked).forEach(marks::add);
            }
        }
        if (refusals.isEmpty()) {
            return keys;
        }
        String advice = marks.stream().sorted().map(RunKind::advice).collect(Collectors.joining("; "));
        throw new InvalidInputException(
                String.join(". Also: ", refusals) + (advice.isEmpty() ? "" : ". In the job: " + advice));
    }
}
