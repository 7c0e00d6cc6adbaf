package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.GrypeReport;
import io.jenkins.plugins.airworthy.evidence.ScanRun;
import io.jenkins.plugins.airworthy.evidence.ScannerReport;
import io.jenkins.plugins.airworthy.evidence.TrivyReport;
import io.jenkins.plugins.airworthy.evidence.VulnerabilityPredicate;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Imports a scan that ran elsewhere: a {@link ScanRecord}, or the bare JSON report of Trivy or Grype. It is parsed, redacted and
 * compared with the image like our own scans; the outcome says that it was imported. A bare report counts only for what it
 * proves: a scanner ran if it found something, and the requested severities and the date of the database
 * are unknown. Refuses reports about another image, or from the future.
 */
public final class ReportImport {
    private static final String WHAT = "imported report";

    private final SubjectCheck subjects;
    private final Instant now;

    private ReportImport(ResolvedImage image, Instant now) {
        this.subjects = new SubjectCheck(image, WHAT, "scan this very image again and import that report");
        this.now = now;
    }

    /** Reads the outcomes in a file, for some or all platforms of the image. */
    public static List<ScanOutcome> read(byte[] file, ResolvedImage image, InstantSource clock)
            throws AirworthyException {
        JsonObject json = StrictJson.parseObject(file, WHAT, ScanRecord.MAX_BYTES);
        ReportImport reader = new ReportImport(image, clock.instant());
        ForeignReport.refuse(json);
        return json.has(ScanRecord.SCANS) ? reader.record(json) : List.of(reader.bare(ReportImport.report(json, file)));
    }

    private List<ScanOutcome> record(JsonObject json) throws AirworthyException {
        List<ScanOutcome> outcomes = new ArrayList<>();
        for (ScanRecord.Entry entry : ScanRecord.read(json)) {
            ScannerReport report = VulnerabilityPredicate.report(entry.vulnerabilities());
            ScanTarget target = subjects.target(report);
            if (!target.digest().equals(entry.image())) {
                throw json.error(ScanRecord.SCANS, "the report for " + entry.image() + " is about " + target.digest());
            }
            ScanRun run = VulnerabilityPredicate.run(entry.vulnerabilities()).asImported();
            Optional<ObjectNode> cyclonedx = entry.cyclonedx().isEmpty()
                    ? Optional.empty()
                    : Optional.of(subjects.cyclonedx(entry.cyclonedx().get(), target));
            Optional<ObjectNode> spdx = entry.spdx().isEmpty()
                    ? Optional.empty()
                    : Optional.of(subjects.spdx(entry.spdx().get(), target));
            outcomes.add(outcome(target, report, run, cyclonedx, spdx));
        }
        return List.copyOf(outcomes);
    }

    private static ScannerReport report(JsonObject json, byte[] file) throws InvalidInputException {
        if (file.length > TrivyReport.MAX_BYTES) {
            throw new InvalidInputException(WHAT + ": larger than the allowed " + TrivyReport.MAX_BYTES + " bytes");
        }
        return GrypeReport.isMeant(json) ? ScannerReport.of(json) : TrivyReport.parse(file);
    }

    private ScanOutcome bare(ScannerReport report) throws AirworthyException {
        Instant made = report.createdAt()
                .orElseThrow(() -> new InvalidInputException(WHAT
                        + ": does not say when it was made (Trivy: CreatedAt, Grype: descriptor.timestamp), as newer"
                        + " versions do: make it again with one, or hand the scan on with 'airworthy scan --save'"));
        ScanRun run = report.provenRun(made);
        return outcome(subjects.target(report), report, run, Optional.empty(), Optional.empty());
    }

    private ScanOutcome outcome(
            ScanTarget target,
            ScannerReport report,
            ScanRun run,
            Optional<ObjectNode> cyclonedx,
            Optional<ObjectNode> spdx)
            throws AirworthyException {
        if (ClockSkew.isFuture(run.finishedAt(), now)) {
            throw new InvalidInputException(
                    WHAT + ": was made at " + run.finishedAt() + ", which is in the future: check both clocks");
        }
        return new ScanOutcome(target.digest(), VulnerabilityPredicate.write(report, run), cyclonedx, spdx, true);
    }
}
