package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.TimeLimit;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanRun;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.TrivyReport;
import io.jenkins.plugins.airworthy.evidence.VulnerabilityPredicate;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.process.WorkFolder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Scans images with Trivy, one manifest after the other. Fails if a report names another image than the one that was given to
 * Trivy, or if one image of several cannot be scanned.
 */
public final class Scanner {
    /** Minimum time for Trivy, even if little of the limit is left. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final TrivySettings settings;
    private final InstantSource clock;

    public Scanner(TrivySettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Scans every platform for vulnerabilities, secrets, misconfigurations and licences, and lists its packages.
     *
     * @param store the store in which the image was resolved
     * @throws AirworthyException if any of them could not be scanned; there is no partial result
     */
    public List<ScanOutcome> scan(ImageStore store, ResolvedImage image, Progress progress)
            throws AirworthyException, InterruptedException {
        List<ScanOutcome> outcomes = new ArrayList<>();
        for (ScanTarget target : ScanTarget.of(image)) {
            outcomes.add(scan(store, target, progress));
        }
        return List.copyOf(outcomes);
    }

    private ScanOutcome scan(ImageStore store, ScanTarget target, Progress progress)
            throws AirworthyException, InterruptedException {
        ImageReference image = target.reference();
        try (WorkFolder work = WorkFolder.create("airworthy-scan-")) {
            Trivy trivy = new Trivy(settings, work, progress);
            TrivyVersion before = trivy.version();
            before.require();
            if (!before.isTested()) {
                progress.say("Trivy " + before.version() + " is newer than " + TrivyVersion.TESTED
                        + ", which this product is tested with");
            }
            long began = System.nanoTime();
            PrivateLayout layout = TimeLimit.within(
                    settings.timeLimit(),
                    "reading " + image + " and its layers",
                    "the time limit of a scan; at the command line: --minutes",
                    () -> copy(store, target, work, progress));
            progress.say("Scanning " + image + " with Trivy " + before.version());
            Instant started = clock.instant();
            TrivyReport report = trivy.scan(layout, left(began));
            Instant finished = clock.instant();
            requireSame(report, layout, image);
            TrivyReport named = named(report.of(target.config()), image, target.digest());
            ScanRun run = run(before.until(trivy.version()), report, started, finished);
            return new ScanOutcome(
                    target.digest(),
                    VulnerabilityPredicate.write(named, run),
                    Optional.of(trivy.convert(named, "cyclonedx")),
                    Optional.of(trivy.convert(named, "spdx-json")),
                    false);
        }
    }

    private PrivateLayout copy(ImageStore store, ScanTarget target, WorkFolder work, Progress progress)
            throws AirworthyException, InterruptedException {
        PrivateLayout layout = PrivateLayout.copy(store, target.manifest(), work.folder("image"), progress);
        new LayerCheck(target.reference().toString(), layout).require(target);
        return layout;
    }

    /** Returns the time that is left after reading the image. */
    private Duration left(long beganNanos) {
        Duration left = settings.timeLimit().minusNanos(System.nanoTime() - beganNanos);
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    private ScanRun run(TrivyVersion version, TrivyReport report, Instant started, Instant finished)
            throws AirworthyException {
        // A server uses its own database and names it in the report.
        Optional<ScanResult.Database> database = settings.server().isPresent()
                ? report.serverDatabase().map(ScanResult.Database::new)
                : version.database();
        return new ScanRun(
                report.version().orElse(version.version()),
                EnumSet.allOf(ScanResult.Kind.class),
                EnumSet.allOf(Severity.class),
                database,
                version.javaDatabase(),
                started,
                finished,
                false);
    }

    /** Checks the image that the report names. Trivy got a folder, so it knows the image only by the config in it. */
    private static void requireSame(TrivyReport report, PrivateLayout layout, ImageReference image)
            throws AirworthyException {
        if (!report.image().isOf(layout.imageId(), Set.of())) {
            throw new UndecidedException(image + ": Trivy's report is about another image ("
                    + report.image().id().map(Digest::toString).orElse("it names none") + " instead of "
                    + layout.imageId() + ", our copy of it); nothing was kept of it");
        }
    }

    /** Returns the report with the image's own name, which Trivy did not know. */
    static TrivyReport named(TrivyReport report, ImageReference image, Digest digest) {
        TrivyReport named = report.named(image.toString());
        return image instanceof RegistryReference ? named.at(Set.of(image.repository() + "@" + digest)) : named;
    }
}
