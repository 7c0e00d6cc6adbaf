package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The findings of one scan of one image, and what the scan looked for: a scan that did not look is not clean.
 * Ours is stored as cosign's vulnerability predicate, version 1, with the scanner's redacted report as its result.
 *
 * @param image the image that the scanner reports
 * @param ran the scanners that were requested and ran; empty if unknown, as in predicates of other tools
 * @param severities the requested severities; empty if unknown
 * @param database the vulnerability database, if one was used
 * @param javaDatabase the index of Java archives, if one was used
 * @param os absent when the scanner recognised no operating system in the image
 * @param packages how many packages were analysed, over all targets
 * @param targets what was analysed, for example {@code Java} or {@code app (debian 12.5)}
 */
public record ScanResult(
        String scanner,
        String scannerVersion,
        ScannedImage image,
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

    /** Reads a statement that is {@linkplain PredicateTypes#judgedAs judged as} a scan; nothing missing is made up. */
    public static ScanResult parse(Statement statement) throws InvalidInputException {
        return statement.predicateType().equals(PredicateTypes.VULNERABILITIES)
                ? VulnerabilityPredicate.read(statement.predicateObject())
                : IntotoVulnerabilities.read(statement);
    }

    /** Whether it is known what the scanner was asked; a bare report never says so. */
    public boolean saysWhatWasAsked() {
        return !ran.isEmpty() && !severities.isEmpty();
    }

    /**
     * What the scanner says it looked at, in its own report.
     *
     * @param id digest of the image's config; absent when the report names none
     * @param digests of the manifest or of an index that leads to it; empty when the scanner was handed files
     */
    public record ScannedImage(Optional<Digest> id, Set<Digest> digests) {
        public ScannedImage {
            digests = Set.copyOf(digests);
        }

        /** Whether no image is named at all. */
        public boolean isUnnamed() {
            return id.isEmpty() && digests.isEmpty();
        }

        /**
         * Whether this is the very image: the id must be the config's digest, and where digests are named, one of them
         * must be the manifest's or an index's that leads to it (a daemon may know an image by several).
         */
        public boolean isOf(Digest config, Set<Digest> manifestAndIndexes) {
            return id.equals(Optional.of(config))
                    && (digests.isEmpty() || digests.stream().anyMatch(manifestAndIndexes::contains));
        }
    }

    /** What a scan looks for. */
    public enum Kind {
        VULNERABILITY("vuln"),
        SECRET("secret"),
        MISCONFIGURATION("misconfig"),
        LICENCE("license");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The scanner's own word for it. */
        public String word() {
            return word;
        }

        /** The kind that the scanner's word names. */
        public static Optional<Kind> of(String word) {
            for (Kind kind : values()) {
                if (kind.word.equals(word)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** A database of the scanner, and when it was made. */
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
     * @param otherNames of the same vulnerability, such as an advisory's
     * @param packageUrl as the scanner gave it; absent when it gave none
     * @param fixedVersion absent when no fix is known
     * @param published when the advisory was published; empty if the report does not say so
     */
    public record Vulnerability(
            String id,
            Set<String> otherNames,
            String packageName,
            String installedVersion,
            Optional<String> packageUrl,
            Optional<String> fixedVersion,
            Severity severity,
            Optional<Instant> published,
            String target) {
        /** Whether nothing but identifier and severity is told: then it is not known that there is no fix. */
        public boolean isBare() {
            return packageName.isEmpty();
        }
    }

    /** Where a secret was found; never the secret. */
    public record Secret(String ruleId, String title, Severity severity, String target) {}

    /** A setting in the image that weakens it. */
    public record Misconfiguration(String id, String title, Severity severity, String target) {}

    /** A licence that the scanner found and classified. */
    public record Licence(String name, String category, String packageName, Severity severity) {}
}
