package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the in-toto project's
 * <a href="https://github.com/in-toto/attestation/blob/main/spec/predicates/vulns_02.md">record of vulnerabilities</a>, versions 0.1
 * and 0.2. It names the scanner, the time of its database, and of each finding the identifier and severities. It does not
 * name the image, packages, fixes, the operating system, nor what the scanner looked for.
 */
final class IntotoVulnerabilities {
    private static final Set<String> TYPES =
            Set.of(PredicateTypes.INTOTO_VULNERABILITIES_V0_1, PredicateTypes.INTOTO_VULNERABILITIES_V0_2);

    /** The least CVSS score of each severity, as CVSS version 3 and 4 rate scores. */
    private static final Map<Severity, Double> SCORES =
            Map.of(Severity.CRITICAL, 9.0, Severity.HIGH, 7.0, Severity.MEDIUM, 4.0, Severity.LOW, 0.0);

    private static final double HIGHEST_SCORE = 10;
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,2}(?:[.][0-9]{1,2})?");

    private IntotoVulnerabilities() {}

    static ScanResult read(Statement statement) throws InvalidInputException {
        JsonObject predicate = statement.predicateObject();
        if (!TYPES.contains(statement.predicateType())) {
            throw new InvalidInputException(predicate.what() + ": is not a vulnerability scan record");
        }
        JsonObject scanner = predicate.object("scanner");
        JsonObject metadata = predicate.object("metadata");
        Optional<JsonObject> database = scanner.optionalObject("db");
        Optional<Instant> updated =
                database.isEmpty() ? Optional.empty() : database.get().optionalInstant("lastUpdate");
        return new ScanResult(
                address(scanner),
                scanner.optionalString("version").orElse(""),
                new ScanResult.ScannedImage(Optional.empty(), Set.of()),
                Set.of(),
                Set.of(),
                updated.map(ScanResult.Database::new),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                findings(scanner),
                List.of(),
                List.of(),
                List.of(),
                metadata.instant("scanStartedOn"),
                metadata.instant("scanFinishedOn"));
    }

    /** A bare word could be the name by which a policy accepts another scanner. */
    private static String address(JsonObject scanner) throws InvalidInputException {
        String uri = scanner.string("uri");
        if (uri.indexOf(':') <= 0) {
            throw scanner.error("uri", "'" + uri + "' is not an address");
        }
        return uri;
    }

    private static List<ScanResult.Vulnerability> findings(JsonObject scanner) throws InvalidInputException {
        if (!scanner.has("result")) {
            throw scanner.error("result", "is missing");
        }
        List<ScanResult.Vulnerability> findings = new ArrayList<>();
        for (JsonObject finding : scanner.objects("result")) {
            if (findings.size() == TrivyFindings.MAX_FINDINGS) {
                throw scanner.error("result", "more than the allowed " + TrivyFindings.MAX_FINDINGS + " findings");
            }
            String id = finding.string("id");
            if (id.isBlank()) {
                throw finding.error("id", "is empty");
            }
            findings.add(new ScanResult.Vulnerability(
                    id, Set.of(), "", "", Optional.empty(), Optional.empty(), severity(finding), Optional.empty(), ""));
        }
        return findings;
    }

    /** The worst of all ratings; unknown if one of them is not understood, since it may be the worst. */
    private static Severity severity(JsonObject finding) throws InvalidInputException {
        Severity worst = Severity.UNKNOWN;
        for (JsonObject rating : finding.objects("severity")) {
            Optional<Severity> rated = rated(rating);
            if (rated.isEmpty()) {
                return Severity.UNKNOWN;
            }
            worst = rated.get().compareTo(worst) > 0 ? rated.get() : worst;
        }
        return worst;
    }

    /** A number is a severity only if it is a CVSS score: other methods count from 0 to 1, or something else. */
    private static Optional<Severity> rated(JsonObject rating) throws InvalidInputException {
        String score = rating.string("score").toUpperCase(Locale.ROOT);
        Optional<Severity> word = Severity.of(score).filter(severity -> severity != Severity.UNKNOWN);
        boolean cvss = rating.string("method").toUpperCase(Locale.ROOT).contains("CVSS");
        if (word.isPresent() || !cvss || !DECIMAL.matcher(score).matches()) {
            return word;
        }
        double number = Double.parseDouble(score);
        return number > HIGHEST_SCORE
                ? Optional.empty()
                : SCORES.entrySet().stream()
                        .filter(least -> number >= least.getValue())
                        .map(Map.Entry::getKey)
                        .max(Severity::compareTo);
    }
}
