package io.jenkins.plugins.airworthy.evidence;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The facts about a scan that are not in its report, such as what was requested.
 *
 * @param ran the scanners that ran; empty if unknown
 * @param severities the requested severities; empty if unknown
 * @param imported whether the report was made elsewhere and imported
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

    /** Returns this run as an imported one. */
    public ScanRun asImported() {
        return new ScanRun(scannerVersion, ran, severities, database, javaDatabase, startedAt, finishedAt, true);
    }
}
