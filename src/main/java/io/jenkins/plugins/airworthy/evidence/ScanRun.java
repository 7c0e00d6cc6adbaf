package io.jenkins.plugins.airworthy.evidence;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a scan besides its report: a report does not say what it was asked.
 *
 * @param ran the scanners that ran; empty when nobody knows
 * @param severities the severities asked for; empty when nobody knows
 * @param imported whether the report was made elsewhere and handed in
 */
public record ScanRun(
        String scannerVersion,
        Set<ScanResult.Kind> ran,
        Set<Severity> severities,
        Optional<ScanResult.Database> database,
        Optional<ScanResult.Database> javaDatabase,
        Instant startedAt,
        Instant finishedAt,
        boolean imported) {
    public ScanRun {
        ran = Set.copyOf(ran);
        severities = Set.copyOf(severities);
    }

    /** The same, handed in by somebody else. */
    public ScanRun asImported() {
        return new ScanRun(scannerVersion, ran, severities, database, javaDatabase, startedAt, finishedAt, true);
    }
}
