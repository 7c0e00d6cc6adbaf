package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.TrivyReport;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks that a scan could have found something: the scanner ran, recognised the image's content, and had a fresh database. */
final class ScanCompleteness {
    private ScanCompleteness() {}

    static List<String> problems(VulnerabilitiesRule rule, ScanResult result, VerifiedEvidence evidence, Instant now) {
        List<String> problems = new ArrayList<>();
        if (!rule.accepts(result.scanner())) {
            Set<String> more = new TreeSet<>(rule.scanners());
            more.add(result.scanner());
            problems.add("the scan is by " + result.scanner() + ", and this rule accepts scans by "
                    + String.join(", ", rule.scanners()) + " (a policy may name more: scanners: " + more + ")");
        }
        boolean mayBeSilent = rule.allow().contains(Allowance.SCANNERS_UNKNOWN);
        boolean looked = result.ran().contains(ScanResult.Kind.VULNERABILITY)
                || (mayBeSilent && result.ran().isEmpty());
        if (!looked) {
            problems.add(ScanEvidence.unlooked(result, "vulnerabilities")
                    + hint(result.ran().isEmpty()));
        }
        Set<Severity> asked = EnumSet.of(Severity.UNKNOWN);
        asked.addAll(rule.deny());
        asked.removeAll(result.severities());
        boolean silent = result.severities().isEmpty();
        if (!asked.isEmpty() && !(mayBeSilent && silent)) {
            problems.add((silent
                            ? "the scan does not say that it asked for the severities "
                            : "the scan did not ask for the severities ")
                    + new TreeSet<>(asked)
                    + hint(silent));
        }
        scanAge(rule, result, evidence, now).ifPresent(problems::add);
        databaseAge(rule, result, now).ifPresent(problems::add);
        operatingSystem(rule, result).ifPresent(problems::add);
        boolean nothing = result.packages() == 0 || result.targets().isEmpty();
        if (nothing && !rule.allow().contains(Allowance.NOTHING_ANALYSED)) {
            problems.add((result.scanner().equals(TrivyReport.NAME)
                            ? "the scan found no package to analyse"
                            : "the scan names no package that it analysed")
                    + byName(Allowance.NOTHING_ANALYSED));
        }
        return problems;
    }

    /** Returns the age by the signer's clock. An agent's clock can make a scan older than that, never newer. */
    private static Optional<String> scanAge(
            VulnerabilitiesRule rule, ScanResult result, VerifiedEvidence evidence, Instant now) {
        Optional<Instant> observed = LatestEvidence.observedAt(evidence);
        if (observed.isEmpty()) {
            return Optional.of("the evidence does not say when the scan was observed, so its age is unknown");
        }
        Instant at = result.finishedAt().isBefore(observed.get()) ? result.finishedAt() : observed.get();
        return tooOld("the scan", at, rule.maxAge(), now);
    }

    private static Optional<String> databaseAge(VulnerabilitiesRule rule, ScanResult result, Instant now) {
        if (result.database().isEmpty()) {
            return rule.allow().contains(Allowance.DATABASE_UNKNOWN)
                    ? Optional.empty()
                    : Optional.of("the scan does not say which vulnerability database it used"
                            + byName(Allowance.DATABASE_UNKNOWN));
        }
        Instant at = result.database().get().updatedAt();
        if (ClockSkew.isFuture(at, now)) {
            return Optional.of("the vulnerability database is of " + at + ", which is in the future");
        }
        return tooOld("the vulnerability database", at, rule.databaseMaxAge(), now);
    }

    private static Optional<String> tooOld(String what, Instant at, Duration maxAge, Instant now) {
        return at.plus(maxAge).isBefore(now)
                ? Optional.of(what + " is of " + at + ", older than the allowed " + Durations.text(maxAge))
                : Optional.empty();
    }

    private static Optional<String> operatingSystem(VulnerabilitiesRule rule, ScanResult result) {
        if (result.os().isEmpty()) {
            return rule.allow().contains(Allowance.UNKNOWN_OS)
                    ? Optional.empty()
                    : Optional.of("the scan recognised no operating system" + byName(Allowance.UNKNOWN_OS));
        }
        ScanResult.OperatingSystem os = result.os().get();
        return os.endOfLife() && !rule.allow().contains(Allowance.END_OF_LIFE_OS)
                ? Optional.of("the operating system " + os.family() + " " + os.version() + " gets no fixes any more"
                        + byName(Allowance.END_OF_LIFE_OS))
                : Optional.empty();
    }

    private static String hint(boolean silent) {
        return silent ? byName(Allowance.SCANNERS_UNKNOWN) : "";
    }

    private static String byName(Allowance allowance) {
        return " (a policy may allow: [" + allowance + "])";
    }
}
