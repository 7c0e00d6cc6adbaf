package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.Wildcard;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Vulnerability;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.policy.waiver.IdleWaivers;
import io.jenkins.plugins.airworthy.policy.waiver.Waiver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Demands that a fresh scan of the image found no vulnerability of these severities. Refuses a scan that is too old, that
 * used an outdated database, that did not look, or that could not have found anything. A vulnerability that the scanner could not
 * rate counts as the highest denied severity.
 *
 * @param maxAge the maximum age of the scan
 * @param databaseMaxAge the maximum age of the scanner's database
 * @param always identifiers that are denied whatever their severity, fix or grace; only a waiver lifts one
 * @param onlyFixable whether a vulnerability without a known fix is tolerated
 * @param grace how long a vulnerability is tolerated after its publication; without a known publication date it is not tolerated
 * @param scanners whose reports are accepted: names, or patterns for addresses
 */
public record VulnerabilitiesRule(
        Duration maxAge,
        Duration databaseMaxAge,
        Set<Severity> deny,
        Set<String> always,
        boolean onlyFixable,
        Optional<Duration> grace,
        Set<Allowance> allow,
        Set<String> scanners,
        Trust trust)
        implements EvidenceRule {
    public static final String KIND = "vulnerabilities";

    private static final Comparator<Vulnerability> WORST_FIRST = Comparator.comparing(Vulnerability::severity)
            .reversed()
            .thenComparing(Vulnerability::id)
            .thenComparing(Vulnerability::packageName)
            .thenComparing(Vulnerability::target);

    public VulnerabilitiesRule {
        deny = Set.copyOf(deny);
        allow = Set.copyOf(allow);
        always = always.stream().map(id -> id.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        scanners = Collections.unmodifiableSet(new TreeSet<>(scanners));
        if (deny.isEmpty()) {
            throw new IllegalArgumentException("denies nothing");
        }
    }

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public boolean misses(RuleInput image, RecordedStatement signed) {
        return ScanEvidence.misses(image, trust, signed);
    }

    @Override
    public ConsultedEvidence asks() {
        return ScanEvidence.asked(trust);
    }

    @Override
    public Outcome judge(RuleInput image) {
        return ScanEvidence.judge(
                image,
                trust,
                allow.contains(Allowance.IMAGE_UNNAMED),
                (result, evidence) -> check(image, result, evidence));
    }

    private Outcome check(RuleInput image, ScanResult result, VerifiedEvidence evidence) {
        List<String> denied = new ArrayList<>();
        List<String> waived = new ArrayList<>();
        List<String> spared = new ArrayList<>();
        for (Vulnerability found :
                result.vulnerabilities().stream().sorted(WORST_FIRST).toList()) {
            if (!isDenied(found)) {
                continue;
            }
            Optional<String> spare = isAlways(found) ? Optional.empty() : spare(image, found);
            List<Waiver> covering =
                    image.waivers().stream().filter(w -> w.covers(found)).toList();
            Optional<Waiver> valid =
                    covering.stream().filter(w -> !w.hasExpired(image.now())).findFirst();
            if (spare.isPresent()) {
                spared.add(text(found) + ": " + spare.get());
            } else if (valid.isPresent()) {
                waived.add(text(found) + ": waived until " + valid.get().until() + " by "
                        + valid.get().by() + ": " + valid.get().reason());
            } else {
                denied.add(text(found)
                        + covering.stream()
                                .findFirst()
                                .map(w -> ", and the waiver by " + w.by() + " expired on " + w.until())
                                .orElse(""));
            }
        }
        List<String> reasons = new ArrayList<>(ScanCompleteness.problems(this, result, evidence, image.now()));
        if (!denied.isEmpty()) {
            reasons.add(Count.of(denied.size(), "vulnerability is", "vulnerabilities are") + " denied: "
                    + Outcome.summary(denied));
        }
        Status status = !reasons.isEmpty() ? Status.FAILED : waived.isEmpty() ? Status.PASSED : Status.WAIVED;
        if (!waived.isEmpty()) {
            reasons.add(waived.size() + " waived: " + Outcome.summary(waived));
        }
        if (reasons.isEmpty()) {
            reasons.add("none denied among "
                    + Count.of(result.vulnerabilities().size(), "vulnerability", "vulnerabilities") + " in "
                    + Count.of(result.packages(), "package"));
        }
        if (!spared.isEmpty()) {
            reasons.add(spared.size() + " let through: " + Outcome.summary(spared));
        }
        List<String> idle = IdleWaivers.told(image.waivers(), result, image.now());
        if (!idle.isEmpty()) {
            reasons.add(Outcome.summary(idle));
        }
        // The first few go before the findings, of which there may be too many to be read.
        int first = Math.min(idle.size(), Outcome.MAX_NAMED);
        List<String> details = new ArrayList<>(idle.subList(0, first));
        details.addAll(denied);
        details.addAll(waived);
        details.addAll(spared);
        details.addAll(idle.subList(first, idle.size()));
        return new Outcome(status, String.join("; ", reasons), details, List.of(evidence));
    }

    /** Whether a scanner is accepted: by its name, or by the address that its record gives. */
    boolean accepts(String scanner) {
        return scanners.stream()
                .anyMatch(name -> name.equals(scanner)
                        || (isAddress(name) && new Wildcard(name, Wildcard.Meaning.IDENTITY).matches(scanner)));
    }

    /** Whether a scanner is meant by its address, such as {@code pkg:github/acme/scanner@*}, and not by a name. */
    public static boolean isAddress(String scanner) {
        return scanner.indexOf(':') > 0;
    }

    private boolean isDenied(Vulnerability found) {
        return isAlways(found) || found.severity() == Severity.UNKNOWN || deny.contains(found.severity());
    }

    /** Case is ignored, as in a waiver. */
    private boolean isAlways(Vulnerability found) {
        return Stream.concat(Stream.of(found.id()), found.otherNames().stream())
                .anyMatch(name -> always.contains(name.toLowerCase(Locale.ROOT)));
    }

    private Optional<String> spare(RuleInput image, Vulnerability found) {
        if (onlyFixable && found.fixedVersion().isEmpty() && !found.isBare()) {
            return Optional.of("only what can be fixed is denied");
        }
        // A future date is ignored: it would grant grace indefinitely.
        return grace.filter(g -> found.published()
                        .filter(p -> !p.isAfter(image.now()) && image.now().isBefore(p.plus(g)))
                        .isPresent())
                .map(g -> "published at " + found.published().orElseThrow() + ", within the grace");
    }

    private static String text(Vulnerability found) {
        if (found.isBare()) {
            return found.id() + " (" + found.severity() + ")";
        }
        return found.id() + " (" + found.severity() + ") in " + found.packageName() + " "
                + found.installedVersion()
                + found.fixedVersion().map(v -> ", fixed in " + v).orElse(", no fix is known");
    }
}
