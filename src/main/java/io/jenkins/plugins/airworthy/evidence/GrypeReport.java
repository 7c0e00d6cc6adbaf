package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON report of one Grype run over one container image ({@code grype -o json}), redacted while it is read. Grype looks for
 * vulnerabilities of every severity and for nothing else. It lists only packages with a vulnerability, and no date of an advisory.
 * Refuses reports of anything but an image.
 */
public final class GrypeReport implements ScannerReport {
    /** How policies call this scanner. */
    public static final String NAME = "grype";

    private static final String URI = "https://github.com/anchore/grype";
    private static final ReportShape REPORT = ReportShape.of()
            .with("matches", match())
            .with("ignoredMatches", match().with("appliedIgnoreRules", GrypeFindings.IGNORE_RULE))
            .with("alertsByPackage", ReportShape.of().with("alerts", ReportShape.of("type")))
            .with(
                    "source",
                    ReportShape.of("type")
                            .with("target", ReportShape.of("userInput", "imageID", "manifestDigest", "repoDigests")))
            .with("distro", ReportShape.of("name", "version"))
            .with(
                    "descriptor",
                    ReportShape.of("name", "version", "timestamp")
                            .with(
                                    "configuration",
                                    ReportShape.of("exclude", "distro")
                                            .with("search", ReportShape.of("indexed-archives"))
                                            .with("alerts", ReportShape.of(GrypeFindings.TELLS_END_OF_LIFE)))
                            .with("db", ReportShape.of("built").with("status", ReportShape.of("built"))));

    private final JsonObject redacted;

    private static ReportShape match() {
        return ReportShape.of()
                .with(
                        "vulnerability",
                        ReportShape.of("id", "dataSource", "namespace", "severity")
                                .with("fix", ReportShape.of("versions", "state")))
                .with("relatedVulnerabilities", ReportShape.of("id"))
                .with("artifact", ReportShape.of("name", "version", "type", "purl"));
    }

    private GrypeReport(JsonObject redacted) {
        this.redacted = redacted;
    }

    /** Whether a document is meant to be such a report. */
    public static boolean isMeant(JsonObject json) {
        return json.has("matches") && json.has("descriptor");
    }

    /** Reads a report, or one that is part of another document. */
    public static GrypeReport of(JsonObject report) throws InvalidInputException {
        String scanner = report.object("descriptor").string("name");
        if (!scanner.equals(NAME)) {
            throw report.object("descriptor").error("name", "'" + scanner + "' is not " + NAME);
        }
        String type = report.object("source").string("type");
        if (!type.equals("image")) {
            throw report.object("source").error("type", "'" + type + "' is not a container image");
        }
        return new GrypeReport(new JsonObject(report.what(), report.path(), REPORT.keep(report)));
    }

    @Override
    public String uri() {
        return URI;
    }

    @Override
    public String databaseUri() {
        return "https://github.com/anchore/grype-db";
    }

    @Override
    public ScanResult.ScannedImage image() throws InvalidInputException {
        return new GrypeFindings(redacted).image();
    }

    @Override
    public Optional<Instant> createdAt() throws InvalidInputException {
        return redacted.object("descriptor").optionalInstant("timestamp");
    }

    @Override
    public ScanRun provenRun(Instant made) throws InvalidInputException {
        boolean whole = new GrypeFindings(redacted).isWhole();
        return new ScanRun(
                redacted.object("descriptor").optionalString("version").orElse(""),
                whole ? Set.of(ScanResult.Kind.VULNERABILITY) : Set.of(),
                whole ? EnumSet.allOf(Severity.class) : Set.of(),
                new GrypeFindings(redacted).database(),
                Optional.empty(),
                made,
                made,
                true);
    }

    @Override
    public ObjectNode stored() {
        return redacted.node();
    }

    /** The report's own word counts for everything that it tells: also its time, where it is the earlier one. */
    @Override
    public ScanResult result(ScanRun run) throws InvalidInputException {
        GrypeFindings findings = new GrypeFindings(redacted);
        Instant made = createdAt().filter(run.finishedAt()::isAfter).orElse(run.finishedAt());
        ScanRun proven = provenRun(made);
        return new ScanResult(
                NAME,
                proven.scannerVersion(),
                findings.image(),
                proven.ran(),
                proven.severities(),
                proven.database(),
                proven.javaDatabase(),
                findings.os(),
                findings.packages(),
                findings.targets(),
                findings.vulnerabilities(),
                List.of(),
                List.of(),
                List.of(),
                run.startedAt(),
                made);
    }
}
