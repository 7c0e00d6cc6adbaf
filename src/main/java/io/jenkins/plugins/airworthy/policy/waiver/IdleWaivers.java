package io.jenkins.plugins.airworthy.policy.waiver;

import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Vulnerability;
import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reports waivers for an image that cover no finding, which would hide a mistake in a name.
 * It does not change the decision. Expired waivers are not reported, since they cannot cover anything.
 */
public final class IdleWaivers {
    /** Maximum number of findings in a hint. */
    private static final int MAX_NAMED = 3;

    /** Findings indexed by identifier, package URL without version, and package name, since scans and policies are long. */
    private final Map<Object, List<Vulnerability>> found = new HashMap<>();

    private IdleWaivers(ScanResult result) {
        for (Vulnerability one : result.vulnerabilities()) {
            add(id(one.id()), one);
            add(one.packageName(), one);
            one.packageUrl().flatMap(PackageName::parse).ifPresent(name -> add(name.anyVersion(), one));
        }
    }

    /** A key that cannot be the name of a package. */
    private record Id(String text) {}

    private static Id id(String text) {
        return new Id(text.toLowerCase(Locale.ROOT));
    }

    private void add(Object key, Vulnerability one) {
        found.computeIfAbsent(key, added -> new ArrayList<>()).add(one);
    }

    /** Returns a line for each waiver that holds and covers nothing. */
    public static List<String> told(List<Waiver> waivers, ScanResult result, Instant now) {
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

    /** Returns a hint with findings similar to what the waiver names; empty if it covers a finding. */
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
