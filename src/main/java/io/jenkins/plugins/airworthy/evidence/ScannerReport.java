package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.time.Instant;
import java.util.Optional;

/** The JSON report of a scanner about one container image, redacted while it is read. */
public sealed interface ScannerReport permits TrivyReport, GrypeReport {
    /** Reads a report of any scanner that is understood, by its form. Refuses all others. */
    static ScannerReport of(JsonObject report) throws InvalidInputException {
        if (GrypeReport.isMeant(report) && report.has("SchemaVersion")) {
            throw new InvalidInputException(report.what() + ": " + report.path()
                    + ": has the members of a report of Trivy and of one of Grype");
        }
        if (GrypeReport.isMeant(report)) {
            return GrypeReport.of(report);
        }
        if (report.has("SchemaVersion")) {
            return TrivyReport.of(report);
        }
        throw new InvalidInputException(
                report.what() + ": " + report.path() + ": is not a report of Trivy or Grype, and no other"
                        + " is understood; to leave such scans out, sign them with a key or identity that the rule's 'trust' does not name");
    }

    /** The address of the scanner's project, as cosign's record names a scanner. */
    String uri();

    /** The address of the project that makes the scanner's database. */
    String databaseUri();

    /** What it says it is about. */
    ScanResult.ScannedImage image() throws InvalidInputException;

    /** When it was made; absent if it does not say so. */
    Optional<Instant> createdAt() throws InvalidInputException;

    /** Returns only what the report proves about its scan. */
    ScanRun provenRun(Instant made) throws InvalidInputException;

    /** Returns the part of the report that a statement contains. */
    ObjectNode stored() throws InvalidInputException;

    /** The typed view of the report, with the facts about the scan that it does not contain itself. */
    ScanResult result(ScanRun run) throws InvalidInputException;
}
