package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanRun;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TrivyReport;
import io.jenkins.plugins.airworthy.evidence.VulnerabilityPredicate;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the {@link ScanRecord} that our own {@link Scanner} made on another machine, and trusts it as little as possible.
 * Refuses a record without all platforms, scanners, severities and SBOMs, about another image, or with a
 * database from the future; its times and names are replaced by ours.
 */
public final class RemoteScan {
    /** An upper bound for what a statement adds to its predicate, in bytes. */
    private static final int MAX_FRAME_BYTES = 16 * 1024;

    private final String what;
    private final SubjectCheck subjects;
    private final Instant started;
    private final Instant finished;

    private RemoteScan(String what, ResolvedImage image, Instant started, Instant finished) {
        this.what = what;
        this.subjects = new SubjectCheck(image, what, "nothing was kept of it");
        this.started = started;
        this.finished = finished;
    }

    /**
     * Returns the outcomes, one for each platform, in the image's order.
     *
     * @param what names the record in errors
     * @param started when we requested the scan
     * @param finished when we received the answer
     */
    public static List<ScanOutcome> read(
            JsonObject record, String what, ResolvedImage image, Instant started, Instant finished)
            throws AirworthyException {
        return new RemoteScan(what, image, started, finished).read(record);
    }

    private List<ScanOutcome> read(JsonObject record) throws AirworthyException {
        Map<Digest, ScanRecord.Entry> entries = new HashMap<>();
        for (ScanRecord.Entry entry : ScanRecord.read(record)) {
            entries.put(entry.image(), entry);
        }
        List<ScanOutcome> outcomes = new ArrayList<>();
        for (ScanTarget target : ScanTarget.of(subjects.image())) {
            ScanRecord.Entry entry = entries.remove(target.digest());
            if (entry == null) {
                throw new InvalidInputException(what + ": has no scan of " + target.reference());
            }
            outcomes.add(outcome(entry, target));
        }
        if (!entries.isEmpty()) {
            throw subjects.anotherImage(entries.keySet().iterator().next().toString());
        }
        return List.copyOf(outcomes);
    }

    private ScanOutcome outcome(ScanRecord.Entry entry, ScanTarget target) throws AirworthyException {
        if (!(VulnerabilityPredicate.report(entry.vulnerabilities()) instanceof TrivyReport report)) {
            throw new InvalidInputException(what + ": is not a scan by Trivy");
        }
        if (!report.image().isOf(target.config(), target.names())) {
            throw subjects.anotherImage(
                    report.image().id().map(Digest::toString).orElse("it names none"));
        }
        ScanRun claimed = VulnerabilityPredicate.run(entry.vulnerabilities());
        requireWhole(claimed);
        ScanRun run = new ScanRun(
                claimed.scannerVersion(),
                claimed.ran(),
                claimed.severities(),
                claimed.database(),
                claimed.javaDatabase(),
                started,
                finished,
                false);
        TrivyReport named = Scanner.named(report, target.reference(), target.digest());
        return new ScanOutcome(
                target.digest(),
                bounded(VulnerabilityPredicate.write(named, run)),
                Optional.of(bounded(subjects.cyclonedx(present(entry.cyclonedx(), "CycloneDX"), target))),
                Optional.of(bounded(subjects.spdx(present(entry.spdx(), "SPDX"), target))),
                false);
    }

    private void requireWhole(ScanRun run) throws InvalidInputException {
        new TrivyVersion(run.scannerVersion(), Optional.empty(), Optional.empty()).require();
        if (run.imported()
                || !run.ran().equals(EnumSet.allOf(ScanResult.Kind.class))
                || !run.severities().equals(EnumSet.allOf(Severity.class))) {
            throw new InvalidInputException(what + ": was not made with all scanners and severities");
        }
        if (isFuture(run.database()) || isFuture(run.javaDatabase())) {
            throw new InvalidInputException(
                    what + ": was made with a database whose date is in the future: check the clocks");
        }
    }

    private boolean isFuture(Optional<ScanResult.Database> database) {
        return database.isPresent() && ClockSkew.isFuture(database.get().updatedAt(), finished);
    }

    private JsonObject present(Optional<JsonObject> bom, String format) throws InvalidInputException {
        return bom.orElseThrow(() -> new InvalidInputException(what + ": has no " + format + " document"));
    }

    /** Refuses a predicate whose statement would be too large to read again, since it must not be signed. */
    private ObjectNode bounded(ObjectNode predicate) throws InvalidInputException {
        if (StrictJson.write(predicate).length > Statement.MAX_BYTES - MAX_FRAME_BYTES) {
            throw new InvalidInputException(
                    what + ": contains a document larger than the allowed " + Statement.MAX_BYTES);
        }
        return predicate;
    }
}
