package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Kind;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Vulnerability;
import io.jenkins.plugins.airworthy.evidence.Severity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Describes the findings of a scan for people: counted, and worst first. */
public record ScanFindings(ScanResult result) {
    /** Maximum number of vulnerabilities that are listed. */
    public static final int SHOWN = 20;

    private static final Comparator<Vulnerability> WORST_FIRST = Comparator.comparing(Vulnerability::severity)
            .reversed()
            .thenComparing(Vulnerability::id)
            .thenComparing(Vulnerability::packageName);

    public List<Vulnerability> worstFirst() {
        return result.vulnerabilities().stream().sorted(WORST_FIRST).toList();
    }

    public int count(Severity severity) {
        return (int) result.vulnerabilities().stream()
                .filter(one -> one.severity() == severity)
                .count();
    }

    /** Returns counts, for example {@code 2 CRITICAL, 1 LOW}. */
    public String counts() {
        if (result.vulnerabilities().isEmpty()) {
            return "none";
        }
        return Arrays.stream(Severity.values())
                .sorted(Comparator.reverseOrder())
                .filter(severity -> count(severity) > 0)
                .map(severity -> count(severity) + " " + severity)
                .collect(Collectors.joining(", "));
    }

    /** Describes what was scanned, and with which versions. */
    public String scope() {
        return result.scanner() + " " + result.scannerVersion()
                + result.os().map(os -> ", " + os.family() + " " + os.version()).orElse(", unknown operating system")
                + ", " + Count.of(result.packages(), "package")
                + result.database().map(db -> ", database of " + db.updatedAt()).orElse(", unknown database");
    }

    /** Summarises the findings on one line; if it is unknown whether the scan looked for something, the line says so. */
    public String found() {
        List<String> parts = new ArrayList<>();
        parts.add("vulnerabilities: " + vulnerabilities());
        List<String> unlooked = new ArrayList<>();
        other(Kind.SECRET, "secrets", result.secrets().size(), parts, unlooked);
        other(
                Kind.MISCONFIGURATION,
                "misconfigurations",
                result.misconfigurations().size(),
                parts,
                unlooked);
        if (!unlooked.isEmpty()) {
            parts.add(String.join(", ", unlooked)
                    + (result.saysWhatWasAsked() ? ": not looked for" : ": not known to have been looked for"));
        }
        return String.join("; ", parts);
    }

    private String vulnerabilities() {
        if (!result.saysWhatWasAsked()) {
            return counts() + " listed (severities unknown)";
        }
        if (!result.ran().contains(Kind.VULNERABILITY)) {
            return "not looked for";
        }
        return result.severities().size() == Severity.values().length
                ? counts()
                : counts() + " (only " + words(result.severities()) + " asked for)";
    }

    private static String words(Set<Severity> severities) {
        return severities.stream()
                .sorted(Comparator.reverseOrder())
                .map(Severity::name)
                .collect(Collectors.joining(", "));
    }

    private void other(Kind kind, String name, int count, List<String> parts, List<String> unlooked) {
        if (result.ran().contains(kind)) {
            parts.add(name + ": " + count);
        } else {
            unlooked.add(name);
        }
    }

    /** Describes one vulnerability, without its severity. */
    public static String describe(Vulnerability one) {
        return one.id() + " in " + one.packageName() + " " + one.installedVersion()
                + one.fixedVersion().map(v -> ", fixed in " + v).orElse(", no fix is known");
    }
}
