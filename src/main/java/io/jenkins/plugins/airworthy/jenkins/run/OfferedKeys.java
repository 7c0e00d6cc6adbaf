package io.jenkins.plugins.airworthy.jenkins.run;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.RingKey;
import io.jenkins.plugins.airworthy.jenkins.config.RunKind;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys for a plan, all of them or none: whatever one of them is refused for is told together, before anything is signed. */
final class OfferedKeys {
    /** Where a refusal names what is not signed; of several that differ in this alone one is told. */
    private static final String ROLE = "\u0001";

    private OfferedKeys() {}

    /** Asks the administrator's keys for one that fits. */
    @FunctionalInterface
    interface Source {
        RingKey find(KeyRole role, Set<RunKind> toAccept) throws AirworthyException;
    }

    static Map<KeyRole, RingKey> of(Set<KeyRole> roles, Set<RunKind> kinds, Source source) throws AirworthyException {
        Map<KeyRole, RingKey> keys = new EnumMap<>(KeyRole.class);
        Map<String, List<String>> refusals = new LinkedHashMap<>();
        Set<RunKind> marks = new LinkedHashSet<>();
        for (KeyRole role : new TreeSet<>(roles)) {
            Set<RunKind> toAccept = SigningPlan.toAccept(role, kinds);
            try {
                keys.put(role, source.find(role, toAccept));
            } catch (InvalidInputException refusal) {
                refusals.computeIfAbsent(refusal.getMessage().replace(role.plural(), ROLE), same -> new ArrayList<>())
                        .add(role.plural());
                toAccept.stream().filter(RunKind::isMarked).forEach(marks::add);
            }
        }
        if (refusals.isEmpty()) {
            return keys;
        }
        String advice = marks.stream().sorted().map(RunKind::advice).collect(Collectors.joining("; "));
        List<String> sentences = new ArrayList<>();
        refusals.forEach((refusal, plurals) -> sentences.add(refusal.replace(ROLE, String.join(", ", plurals))));
        throw new InvalidInputException(
                String.join(". Also: ", sentences) + (advice.isEmpty() ? "" : ". In the job: " + advice));
    }
}
