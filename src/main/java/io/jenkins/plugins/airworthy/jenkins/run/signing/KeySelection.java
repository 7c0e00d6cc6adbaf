package io.jenkins.plugins.airworthy.jenkins.run.signing;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.config.key.OfferedKey;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Selects the keys for a plan, all or none: all refusals are reported together, before anything is signed. */
final class KeySelection {
    /** The part of a refusal that names what is not signed; of several refusals that differ only in this, one is reported. */
    private static final String ROLE = "\u0001";

    private KeySelection() {}

    /** Asks the administrator's keys for one that fits. */
    @FunctionalInterface
    interface Source {
        OfferedKey find(KeyRole role, Set<RunKind> toAccept) throws AirworthyException;
    }

    /**
     * Selects the keys.
     *
     * @param wanted the roles, each with the kinds of runs that its key must accept
     */
    static Map<KeyRole, OfferedKey> of(Map<KeyRole, Set<RunKind>> wanted, Source source) throws AirworthyException {
        Map<KeyRole, OfferedKey> keys = new EnumMap<>(KeyRole.class);
        Map<String, List<String>> refusals = new LinkedHashMap<>();
        Set<RunKind> marks = new LinkedHashSet<>();
        for (Map.Entry<KeyRole, Set<RunKind>> each : new TreeMap<>(wanted).entrySet()) {
            String plural = each.getKey().plural();
            try {
                keys.put(each.getKey(), source.find(each.getKey(), each.getValue()));
            } catch (InvalidInputException refusal) {
                refusals.computeIfAbsent(refusal.getMessage().replace(plural, ROLE), same -> new ArrayList<>())
                        .add(plural);
                each.getValue().stream().filter(RunKind::isMarked).forEach(marks::add);
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
