package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.cli.SarifText.Level;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.scan.ScanFindings;

import java.util.Map;
import java.util.Optional;

/** The findings of scans in SARIF, the worst vulnerabilities first. A finding decides nothing: a policy does. */
final class ScanSarif {
    private ScanSarif() {}

    static String of(ImageReference image, Map<Digest, ScanResult> results) {
        SarifText log = new SarifText(ExitStatus.DONE);
        for (Map.Entry<Digest, ScanResult> scanned : results.entrySet()) {
            SarifPlace place = SarifPlace.of(image, scanned.getKey());
            ScanResult result = scanned.getValue();
            boolean complete = result.saysWhatWasAsked() && result.ran().contains(ScanResult.Kind.VULNERABILITY);
            log.image(place);
            log.told(complete ? Level.note : Level.warning, place.name() + ": " + new ScanFindings(result).found());
            for (ScanResult.Vulnerability found : new ScanFindings(result).worstFirst()) {
                log.result(
                        found.id(),
                        "Vulnerability " + found.id(),
                        level(found.severity()),
                        found.severity() + ": " + ScanFindings.describe(found),
                        place,
                        Optional.of(found.id()));
            }
            for (ScanResult.Secret found : result.secrets()) {
                other("secret:" + found.ruleId(), found.title(), found.severity(), found.target(), place, log);
            }
            for (ScanResult.Misconfiguration found : result.misconfigurations()) {
                other(found.id(), found.title(), found.severity(), found.target(), place, log);
            }
        }
        return log.toString();
    }

    private static void other(
            String rule, String title, Severity severity, String target, SarifPlace place, SarifText log) {
        log.result(rule, title, level(severity), severity + ": " + title + " in " + target, place, Optional.empty());
    }

    private static Level level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH, UNKNOWN -> Level.error;
            case MEDIUM -> Level.warning;
            case LOW -> Level.note;
        };
    }
}
