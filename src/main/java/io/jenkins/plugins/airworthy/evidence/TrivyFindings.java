package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The typed view of a Trivy report. Refuses findings without an identity; a severity that is missing or unknown
 * is {@link Severity#UNKNOWN}, never none.
 */
record TrivyFindings(JsonObject report) {
    /** How many findings of all kinds one report may have. */
    static final int MAX_FINDINGS = 200_000;

    /** How many targets one report may have. */
    static final int MAX_TARGETS = 50_000;

    private static final Map<ScanResult.Kind, String> LISTS = Map.of(
            ScanResult.Kind.VULNERABILITY, "Vulnerabilities",
            ScanResult.Kind.SECRET, "Secrets",
            ScanResult.Kind.MISCONFIGURATION, "Misconfigurations",
            ScanResult.Kind.LICENCE, "Licenses");

    ScanResult.ScannedImage image() throws InvalidInputException {
        JsonObject metadata = metadata();
        Optional<String> id = metadata.optionalString("ImageID").filter(text -> !text.isEmpty());
        Set<Digest> digests = new HashSet<>();
        for (String reference : metadata.strings("RepoDigests")) {
            digests.add(Digest.inDocument(metadata, "RepoDigests", reference.substring(reference.indexOf('@') + 1)));
        }
        return new ScanResult.ScannedImage(
                id.isEmpty() ? Optional.empty() : Optional.of(Digest.inDocument(metadata, "ImageID", id.get())),
                digests);
    }

    Optional<ScanResult.OperatingSystem> os() throws InvalidInputException {
        Optional<JsonObject> os = metadata().optionalObject("OS");
        if (os.isEmpty()) {
            return Optional.empty();
        }
        String family = os.get().optionalString("Family").orElse("");
        if (family.isEmpty() || family.equals("none")) {
            return Optional.empty();
        }
        return Optional.of(new ScanResult.OperatingSystem(
                family,
                os.get().optionalString("Name").orElse(""),
                os.get().optionalBoolean("EOSL").orElse(false)));
    }

    List<JsonObject> results() throws InvalidInputException {
        List<JsonObject> results = report.objects("Results");
        if (results.size() > MAX_TARGETS) {
            throw report.error("Results", "more than the allowed " + MAX_TARGETS);
        }
        return results;
    }

    int packages() throws InvalidInputException {
        int packages = 0;
        for (JsonObject result : results()) {
            packages += result.objects("Packages").size();
        }
        return packages;
    }

    List<String> targets() throws InvalidInputException {
        List<String> targets = new ArrayList<>();
        for (JsonObject result : results()) {
            targets.add(result.string("Target"));
        }
        return targets;
    }

    List<ScanResult.Vulnerability> vulnerabilities() throws InvalidInputException {
        return each("Vulnerabilities", (finding, target) -> {
            Optional<JsonObject> identifier = finding.optionalObject("PkgIdentifier");
            return Optional.of(new ScanResult.Vulnerability(
                    named(finding, "VulnerabilityID"),
                    Set.of(),
                    named(finding, "PkgName"),
                    finding.optionalString("InstalledVersion").orElse(""),
                    identifier.isEmpty() ? Optional.empty() : text(identifier.get(), "PURL"),
                    text(finding, "FixedVersion"),
                    severity(finding),
                    finding.optionalInstant("PublishedDate"),
                    target));
        });
    }

    List<ScanResult.Secret> secrets() throws InvalidInputException {
        return each(
                "Secrets",
                (finding, target) -> Optional.of(new ScanResult.Secret(
                        named(finding, "RuleID"),
                        finding.optionalString("Title").orElse(""),
                        severity(finding),
                        target)));
    }

    /** Reads failed checks; passed ones are listed only on request, and are not findings. */
    List<ScanResult.Misconfiguration> misconfigurations() throws InvalidInputException {
        return each("Misconfigurations", (finding, target) -> {
            if (finding.optionalString("Status").orElse("FAIL").equals("PASS")) {
                return Optional.empty();
            }
            return Optional.of(new ScanResult.Misconfiguration(
                    named(finding, "ID"), finding.optionalString("Title").orElse(""), severity(finding), target));
        });
    }

    List<ScanResult.Licence> licences() throws InvalidInputException {
        return each(
                "Licenses",
                (finding, target) -> Optional.of(new ScanResult.Licence(
                        named(finding, "Name"),
                        finding.optionalString("Category").orElse("unknown"),
                        text(finding, "PkgName")
                                .or(() -> Optional.ofNullable(finding.node().get("FilePath"))
                                        .map(path -> path.asText()))
                                .orElse(target),
                        severity(finding))));
    }

    /** The scanners that certainly ran, because something of theirs is there. */
    Set<ScanResult.Kind> proven() throws InvalidInputException {
        Set<ScanResult.Kind> proven = EnumSet.noneOf(ScanResult.Kind.class);
        for (JsonObject result : results()) {
            for (Map.Entry<ScanResult.Kind, String> list : LISTS.entrySet()) {
                if (!result.objects(list.getValue()).isEmpty()) {
                    proven.add(list.getKey());
                }
            }
        }
        return proven;
    }

    private JsonObject metadata() throws InvalidInputException {
        return report.optionalObject("Metadata")
                .orElseGet(() ->
                        new JsonObject(report.what(), "Metadata", report.node().objectNode()));
    }

    private <T> List<T> each(String name, Reader<T> reader) throws InvalidInputException {
        List<T> findings = new ArrayList<>();
        for (JsonObject result : results()) {
            String target = result.string("Target");
            for (JsonObject finding : result.objects(name)) {
                reader.read(finding, target).ifPresent(findings::add);
                if (findings.size() > MAX_FINDINGS) {
                    throw result.error(name, "more than the allowed " + MAX_FINDINGS + " findings");
                }
            }
        }
        return findings;
    }

    private static String named(JsonObject finding, String name) throws InvalidInputException {
        return text(finding, name).orElseThrow(() -> finding.error(name, "is missing"));
    }

    private static Optional<String> text(JsonObject json, String name) throws InvalidInputException {
        return json.optionalString(name).filter(text -> !text.isEmpty());
    }

    private static Severity severity(JsonObject finding) throws InvalidInputException {
        return finding.optionalString("Severity").flatMap(Severity::of).orElse(Severity.UNKNOWN);
    }

    private interface Reader<T> {
        Optional<T> read(JsonObject finding, String target) throws InvalidInputException;
    }
}
