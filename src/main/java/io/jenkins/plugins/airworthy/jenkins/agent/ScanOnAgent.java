package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Vulnerability;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.AgentRegistries;
import io.jenkins.plugins.airworthy.jenkins.config.LayoutFolders;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.config.TrivyOptions;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.scan.RemoteScan;
import io.jenkins.plugins.airworthy.scan.ScanFindings;
import io.jenkins.plugins.airworthy.scan.ScanOutcome;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has an agent scan an image, compares the answer with the image as the controller reads it, and keeps statements for the run to
 * sign. An answer that is about another image or incomplete is discarded.
 */
public final class ScanOnAgent {
    private final StepEnvironment place;
    private final String step;

    public ScanOnAgent(StepEnvironment place, String step) {
        this.place = place;
        this.step = step;
    }

    /** The findings for each platform. */
    public record Scanned(Digest digest, Observer observer, List<ScanResult> results) {
        public Scanned {
            results = List.copyOf(results);
        }
    }

    /**
     * Scans the image.
     *
     * @param argument which image; empty if there is none
     * @param sbom whether bills of materials are kept too
     */
    public Scanned scan(String argument, boolean sbom) throws AirworthyException, InterruptedException {
        AskedImage asked = AskedImage.find(place, argument);
        AgentRegistries registries = Registries.current().forAgents(place.run(), List.of(asked.reference()));
        Instant started = Instant.now();
        ObservationDispatcher.Seen seen = new ObservationDispatcher(place, step)
                .observe(
                        "Scan",
                        asked.pinned(),
                        (node, workspace) -> new ScanWork(
                                asked.pinned(),
                                TrivyOptions.current().onNode(node, place.listener()),
                                new AgentStores(registries, LayoutFolders.current(), workspace)));
        Instant finished = Instant.now();
        List<ScanOutcome> outcomes =
                RemoteScan.read(seen.answer(), "the scan by agent " + seen.agent(), asked.image(), started, finished);
        List<ScanResult> results = new ArrayList<>();
        for (ScanOutcome outcome : outcomes) {
            ScanResult result = outcome.result();
            results.add(result);
            report(outcome.image(), new ScanFindings(result));
            keep(
                    asked,
                    sbom ? outcome : outcome.withoutBills(),
                    new Observation(seen.observer(), finished),
                    new ScanFindings(result));
        }
        return new Scanned(asked.image().digest(), seen.observer(), results);
    }

    private void keep(AskedImage asked, ScanOutcome outcome, Observation seen, ScanFindings findings)
            throws AirworthyException {
        ImageRecord record = ImageRecord.of(place.run());
        for (Statement statement :
                outcome.statements(Optional.of(asked.reference().repository()), seen)) {
            boolean scan = statement.predicateType().equals(PredicateTypes.VULNERABILITIES);
            record.observed(
                    asked.reference(),
                    asked.image().digest(),
                    place.path(),
                    scan ? KeyRole.SCAN : KeyRole.SBOM,
                    statement,
                    scan ? findings.found() : Count.of(findings.result().packages(), "package"));
        }
    }

    private void report(Digest platform, ScanFindings findings) {
        place.progress().say("Scanned " + platform + ": " + findings.scope());
        place.progress().say("  " + findings.found());
        List<Vulnerability> worst = findings.worstFirst();
        for (Vulnerability one : worst.subList(0, Math.min(ScanFindings.SHOWN, worst.size()))) {
            place.progress().say("  " + one.severity() + " " + ScanFindings.describe(one));
        }
        if (worst.size() > ScanFindings.SHOWN) {
            place.progress().say("  and " + (worst.size() - ScanFindings.SHOWN) + " more");
        }
    }
}
