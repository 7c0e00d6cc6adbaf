package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Vulnerability;
import io.jenkins.plugins.airworthy.evidence.Severity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What a scan found, as people want to read it: worst first, and counted. */
public record ScanFindings(ScanResult result) {
    /** How many vulnerabilities a person is shown. */
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

    /** For example {@code 2 CRITICAL, 1 LOW}. */
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

    /** What was looked at, and with what. */
    public String scope() {
        return result.scanner() + " " + result.scannerVersion()
                + result.os().map(os -> ", " + os.family() + " " + os.version()).orElse(", unknown operating system")
                + ", " + result.packages() + " packages"
                + result.database().map(db -> ", database of " + db.updatedAt()).orElse(", unknown database");
    }

    /** What was found, on one line. */
    public String found() {
        return "vulnerabilities: " + counts() + "; secrets: " + result.secrets().size() + "; misconfigurations: "
                + result.misconfigurations().size();
    }

    /** One vulnerability, without its severity. */
    public static String describe(Vulnerability one) {
        return one.id() + " in " + one.packageName() + " " + one.installedVersion()
                + one.fixedVersion().map(v -> ", fixed in " + v).orElse(", no fix is known");
    }
}
