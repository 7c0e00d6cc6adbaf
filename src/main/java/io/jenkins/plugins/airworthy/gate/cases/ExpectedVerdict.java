package io.jenkins.plugins.airworthy.gate.cases;

import io.jenkins.plugins.airworthy.policy.Decision;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a verdict must say: its decision, and exactly the items that fail, warn, or are let through on purpose. All other items must have
 * passed or be left out by the policy, so a case cannot succeed for another reason than the one that it names.
 *
 * @param items the ids of the items with each of the {@linkplain #NAMED statuses that are named}
 */
public record ExpectedVerdict(Decision decision, Map<Status, Set<String>> items) {
    /** The statuses whose items a case names, each with its word. */
    static final Map<Status, String> NAMED = named();

    public ExpectedVerdict {
        Map<Status, Set<String>> all = new LinkedHashMap<>();
        for (Status status : NAMED.keySet()) {
            all.put(status, Set.copyOf(items.getOrDefault(status, Set.of())));
        }
        items = Map.copyOf(all);
    }

    private static Map<Status, String> named() {
        Map<Status, String> named = new LinkedHashMap<>();
        named.put(Status.FAILED, "failed");
        named.put(Status.WAIVED, "waived");
        named.put(Status.WARNED, "warned");
        return named;
    }

    /** What a verdict says. */
    static ExpectedVerdict of(Verdict verdict) {
        return new ExpectedVerdict(
                verdict.decision(),
                NAMED.keySet().stream().collect(Collectors.toMap(status -> status, status -> ids(verdict, status))));
    }

    /** Each difference to a verdict, as a sentence with the item's own reason. */
    List<String> differences(Verdict verdict) {
        List<String> differences = new ArrayList<>();
        if (verdict.decision() != decision) {
            differences.add("expected " + decision + ", got " + verdict.decision());
        }
        for (Status status : NAMED.keySet()) {
            Set<String> expected = items.get(status);
            Set<String> got = ids(verdict, status);
            for (String id : new TreeSet<>(expected)) {
                if (!got.contains(id)) {
                    differences.add("'" + id + "' was expected to be " + status + ", " + instead(verdict, id));
                }
            }
            for (Verdict.Item item : verdict.items()) {
                if (item.status() == status && !expected.contains(item.id())) {
                    differences.add("'" + item.id() + "' was not expected to be " + status + ": " + told(item));
                }
            }
        }
        return List.copyOf(differences);
    }

    private static String instead(Verdict verdict, String id) {
        return verdict.items().stream()
                .filter(item -> item.id().equals(id))
                .map(item -> "and is " + item.status() + ": " + told(item))
                .findFirst()
                .orElse("and the verdict has no such item; it has "
                        + verdict.items().stream()
                                .map(Verdict.Item::id)
                                .distinct()
                                .collect(Collectors.joining(", ")));
    }

    private static String told(Verdict.Item item) {
        return item.platform().map(platform -> "on " + platform + ": ").orElse("") + item.reason();
    }

    private static Set<String> ids(Verdict verdict, Status status) {
        return verdict.items().stream()
                .filter(item -> item.status() == status)
                .map(Verdict.Item::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
