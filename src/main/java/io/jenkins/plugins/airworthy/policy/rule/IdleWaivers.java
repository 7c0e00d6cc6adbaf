package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Vulnerability;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells of waivers for an image that cover nothing that was found in it: of a slip in a name nobody would learn otherwise.
 * Decides nothing. A waiver past its day is left out, since it covers nothing anyway.
 */
final class IdleWaivers {
    /** How many findings a hint names. */
    private static final int MAX_NAMED = 3;

    /** By identifier, by package URL without version, and by package name: scans and policies are long. */
    private final Map<Object, List<Vulnerability>> found = new HashMap<>();

    private IdleWaivers(ScanResult result) {
        for (Vulnerability one : result.vulnerabilities()) {
            add(id(one.id()), one);
            add(one.packageName(), one);
            one.packageUrl().flatMap(PackageName::parse).ifPresent(name -> add(name.anyVersion(), one));
        }
    }

    /** A key that no package's name is. */
    private record Id(String text) {}

    private static Id id(String text) {
        return new Id(text.toLowerCase(Locale.ROOT));
    }

    private void add(Object key, Vulnerability one) {
        found.computeIfAbsent(key, added -> new ArrayList<>()).add(one);
    }

    static List<String> told(List<Waiver> waivers, ScanResult result, Instant now) {
        List<Waiver> holding =
                waivers.stream().filter(waiver -> !waiver.hasExpired(now)).toList();
        if (holding.isEmpty()) {
            return List.of();
        }
        IdleWaivers idle = new IdleWaivers(result);
        List<String> told = new ArrayList<>();
        for (Waiver waiver : holding) {
            idle.hint(waiver)
                    .ifPresent(hint -> told.add("the waiver of " + waiver.vulnerability() + " in "
                            + waiver.packageName() + " fits nothing that was found" + hint));
        }
        return told;
    }

    /** What stands near to what it names; absent when it covers a finding. */
    private Optional<String> hint(Waiver waiver) {
        List<Vulnerability> same = found.getOrDefault(id(waiver.vulnerability()), List.of());
        if (same.stream().anyMatch(waiver::covers)) {
            return Optional.empty();
        }
        if (!same.isEmpty()) {
            return Optional.of(": that was found in "
                    + same.stream()
                            .map(one -> one.packageUrl().orElse(one.packageName()))
                            .distinct()
                            .limit(MAX_NAMED)
                            .collect(Collectors.joining(", ")));
        }
        Object key = PackageName.parse(waiver.packageName())
                .map(name -> (Object) name.anyVersion())
                .orElse(waiver.packageName());
        List<Vulnerability> others = found.getOrDefault(key, List.of());
        return Optional.of(
                others.isEmpty()
                        ? ""
                        : ": in that package was found "
                                + others.stream()
                                        .map(Vulnerability::id)
                                        .distinct()
                                        .limit(MAX_NAMED)
                                        .collect(Collectors.joining(", ")));
    }
}
