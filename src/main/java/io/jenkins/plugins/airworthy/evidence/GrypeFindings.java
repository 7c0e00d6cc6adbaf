package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The typed view of a Grype report. What somebody let Grype ignore is a finding all the same: only a policy's waiver lifts one.
 */
record GrypeFindings(JsonObject report) {
    /** The setting that says whether a report warns of an operating system without support. */
    static final String TELLS_END_OF_LIFE = "enable-eol-distro-warnings";

    private static final String REASON = "reason";

    /** By any other member than the reason, a user told Grype what to ignore; Grype's own decisions have only a reason. */
    private static final List<String> TOLD =
            List.of("vulnerability", "fix-state", "vex-status", "vex-justification", "match-type");

    static final ReportShape IGNORE_RULE = ReportShape.of(
                    REASON, "vulnerability", "namespace", "fix-state", "vex-status", "vex-justification", "match-type")
            .with("package", ReportShape.of("name", "version", "type", "location", "upstream-name", "language"));

    ScanResult.ScannedImage image() throws InvalidInputException {
        JsonObject target = report.object("source").object("target");
        Set<Digest> digests = new HashSet<>();
        Optional<String> manifest = text(target, "manifestDigest");
        if (manifest.isPresent()) {
            digests.add(Digest.inDocument(target, "manifestDigest", manifest.get()));
        }
        for (String reference : target.strings("repoDigests")) {
            digests.add(Digest.inDocument(target, "repoDigests", reference.substring(reference.indexOf('@') + 1)));
        }
        Optional<String> id = text(target, "imageID");
        return new ScanResult.ScannedImage(
                id.isEmpty() ? Optional.empty() : Optional.of(Digest.inDocument(target, "imageID", id.get())), digests);
    }

    /** Whether Grype's settings are told, and none of them left files or the image's own distribution out. */
    boolean isWhole() throws InvalidInputException {
        Optional<JsonObject> configuration = report.object("descriptor").optionalObject("configuration");
        if (configuration.isEmpty()
                || !configuration.get().strings("exclude").isEmpty()
                || text(configuration.get(), "distro").isPresent()) {
            return false;
        }
        Optional<JsonObject> search = configuration.get().optionalObject("search");
        return search.isEmpty()
                || search.get().optionalBoolean("indexed-archives").orElse(true);
    }

    /** Where the status stands depends on the version of Grype. */
    Optional<ScanResult.Database> database() throws InvalidInputException {
        Optional<JsonObject> database = report.object("descriptor").optionalObject("db");
        if (database.isEmpty()) {
            return Optional.empty();
        }
        Optional<JsonObject> status = database.get().optionalObject("status");
        Optional<Instant> built = status.isEmpty()
                ? database.get().optionalInstant("built")
                : status.get().optionalInstant("built");
        return built.map(ScanResult.Database::new);
    }

    Optional<ScanResult.OperatingSystem> os() throws InvalidInputException {
        Optional<JsonObject> distro = report.optionalObject("distro");
        Optional<String> name = distro.isEmpty() ? Optional.empty() : text(distro.get(), "name");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ScanResult.OperatingSystem(
                name.get(), text(distro.get(), "version").orElse(""), isEndOfLife()));
    }

    /** Whether support had ended, or the report would not say so. */
    private boolean isEndOfLife() throws InvalidInputException {
        Optional<JsonObject> configuration = report.object("descriptor").optionalObject("configuration");
        Optional<JsonObject> alerts =
                configuration.isEmpty() ? Optional.empty() : configuration.get().optionalObject("alerts");
        if (alerts.isEmpty() || !alerts.get().optionalBoolean(TELLS_END_OF_LIFE).orElse(false)) {
            return true;
        }
        for (JsonObject warned : report.objects("alertsByPackage")) {
            for (JsonObject alert : warned.objects("alerts")) {
                if (alert.string("type").equals("distro-eol")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How many packages are named: those with a finding. */
    int packages() throws InvalidInputException {
        Set<String> packages = new HashSet<>();
        for (String list : new String[] {"matches", "ignoredMatches"}) {
            for (JsonObject match : report.objects(list)) {
                JsonObject artifact = match.object("artifact");
                packages.add(named(artifact, "name") + " "
                        + artifact.optionalString("version").orElse(""));
            }
        }
        return packages.size();
    }

    /** The image, if a package of it is named. */
    List<String> targets() throws InvalidInputException {
        return packages() == 0
                ? List.of()
                : List.of(text(report.object("source").object("target"), "userInput")
                        .orElse("image"));
    }

    List<ScanResult.Vulnerability> vulnerabilities() throws InvalidInputException {
        List<ScanResult.Vulnerability> found = new ArrayList<>();
        for (JsonObject match : report.objects("matches")) {
            add(found, match);
        }
        for (JsonObject match : report.objects("ignoredMatches")) {
            if (wasTold(match)) {
                add(found, match);
            }
        }
        return found;
    }

    private static boolean wasTold(JsonObject match) throws InvalidInputException {
        List<JsonObject> rules = match.objects("appliedIgnoreRules");
        for (JsonObject rule : rules) {
            for (String member : TOLD) {
                if (text(rule, member).isPresent()) {
                    return true;
                }
            }
            if (rule.has("package")
                    || text(rule, "namespace").isPresent()
                    || text(rule, REASON).isEmpty()) {
                return true;
            }
        }
        return rules.isEmpty();
    }

    private void add(List<ScanResult.Vulnerability> found, JsonObject match) throws InvalidInputException {
        JsonObject vulnerability = match.object("vulnerability");
        JsonObject artifact = match.object("artifact");
        Optional<JsonObject> fix = vulnerability.optionalObject("fix");
        List<String> fixed = fix.isEmpty() ? List.of() : fix.get().strings("versions");
        for (String id : ids(vulnerability, match)) {
            found.add(new ScanResult.Vulnerability(
                    id,
                    Set.of(named(vulnerability, "id")),
                    named(artifact, "name"),
                    artifact.optionalString("version").orElse(""),
                    text(artifact, "purl"),
                    fixed.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", fixed)),
                    severity(vulnerability),
                    Optional.empty(),
                    artifact.optionalString("type").orElse("")));
            if (found.size() > TrivyFindings.MAX_FINDINGS) {
                throw report.error("matches", "more than the allowed " + TrivyFindings.MAX_FINDINGS + " findings");
            }
        }
    }

    /** The CVEs of a finding, by which policies and other scanners name it; else its own name, such as GHSA-…. */
    private static Set<String> ids(JsonObject vulnerability, JsonObject match) throws InvalidInputException {
        String own = named(vulnerability, "id");
        Set<String> related = new HashSet<>();
        if (!isCve(own)) {
            for (JsonObject other : match.objects("relatedVulnerabilities")) {
                if (isCve(named(other, "id"))) {
                    related.add(named(other, "id"));
                }
            }
        }
        return related.isEmpty() ? Set.of(own) : related;
    }

    private static boolean isCve(String id) {
        return id.startsWith("CVE-");
    }

    /** Grype rates one more severity, below low. */
    private static Severity severity(JsonObject vulnerability) throws InvalidInputException {
        String word = vulnerability.optionalString("severity").orElse("").toUpperCase(Locale.ROOT);
        return word.equals("NEGLIGIBLE") ? Severity.LOW : Severity.of(word).orElse(Severity.UNKNOWN);
    }

    private static String named(JsonObject json, String name) throws InvalidInputException {
        return text(json, name).orElseThrow(() -> json.error(name, "is missing"));
    }

    private static Optional<String> text(JsonObject json, String name) throws InvalidInputException {
        return json.optionalString(name).filter(text -> !text.isEmpty());
    }
}
