package io.jenkins.plugins.airworthy.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one scan of one image found, and how much it could have found: a scan that did not look is no clean scan.
 * It is stored as cosign's vulnerability predicate, version 1, with the scanner's redacted report as its result.
 *
 * @param ran the scanners that were asked for and ran
 * @param severities the severities that were asked for
 * @param database the vulnerability database, if one was used
 * @param javaDatabase the index of Java archives, if one was used
 * @param os absent when the scanner recognised no operating system in the image
 * @param packages how many packages were analysed, over all targets
 * @param targets what was analysed, for example {@code Java} or {@code app (debian 12.5)}
 */
public record ScanResult(
        String scanner,
        String scannerVersion,
        Set<Kind> ran,
        Set<Severity> severities,
        Optional<Database> database,
        Optional<Database> javaDatabase,
        Optional<OperatingSystem> os,
        int packages,
        List<String> targets,
        List<Vulnerability> vulnerabilities,
        List<Secret> secrets,
        List<Misconfiguration> misconfigurations,
        List<Licence> licences,
        Instant startedAt,
        Instant finishedAt) {

    public ScanResult {
        ran = Set.copyOf(ran);
        severities = Set.copyOf(severities);
        targets = List.copyOf(targets);
        vulnerabilities = List.copyOf(vulnerabilities);
        secrets = List.copyOf(secrets);
        misconfigurations = List.copyOf(misconfigurations);
        licences = List.copyOf(licences);
    }

    /** What a scan looks for. */
    public enum Kind {
        VULNERABILITY,
        SECRET,
        MISCONFIGURATION,
        LICENCE
    }

    /** A database of the scanner and when it was made. */
    public record Database(Instant updatedAt) {}

    /**
     * The distribution that the image is made of.
     *
     * @param endOfLife whether the distributor had ended support when the scan was made
     */
    public record OperatingSystem(String family, String version, boolean endOfLife) {}

    /**
     * A package with a known vulnerability.
     *
     * @param packageUrl as the scanner gave it; absent when it gave none
     * @param fixedVersion absent when no fix is known
     * @param published when the advisory was published; absent when not told
     */
    public record Vulnerability(
            String id,
            String packageName,
            String installedVersion,
            Optional<String> packageUrl,
            Optional<String> fixedVersion,
            Severity severity,
            Optional<Instant> published,
            String target) {}

    /** Where a secret was found; never the secret. */
    public record Secret(String ruleId, String title, Severity severity, String target) {}

    /** A setting in the image that weakens it. */
    public record Misconfiguration(String id, String title, Severity severity, String target) {}

    /** A licence that the scanner found and classified. */
    public record Licence(String name, String category, String packageName, Severity severity) {}
}
