package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Vulnerability;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.scan.ScanFindings;

import java.util.List;

/** The findings of the scan of one platform's image, worst first. */
record ScanSummary(Platform platform, boolean imported, ScanResult result) {
    ObjectNode toJson() {
        ObjectNode json = StrictJson.object();
        json.put("platform", platform.toString());
        json.put("scanner", result.scanner() + " " + result.scannerVersion());
        json.put("imported", imported);
        json.put("packages", result.packages());
        result.os().ifPresent(os -> json.put("operatingSystem", os.family() + " " + os.version()));
        result.database().ifPresent(db -> json.put("database", db.updatedAt().toString()));
        // Empty if the requested severities are unknown; an empty list of findings then proves nothing.
        ArrayNode scanners = json.putArray("scanners");
        result.ran().stream().sorted().forEach(kind -> scanners.add(kind.word()));
        ArrayNode severities = json.putArray("severities");
        result.severities().stream().sorted().forEach(severity -> severities.add(severity.name()));
        ArrayNode found = json.putArray("vulnerabilities");
        for (Vulnerability one : new ScanFindings(result).worstFirst()) {
            ObjectNode entry = found.addObject()
                    .put("id", one.id())
                    .put("severity", one.severity().name())
                    .put("package", one.packageName())
                    .put("installed", one.installedVersion());
            one.fixedVersion().ifPresent(version -> entry.put("fixed", version));
        }
        json.put("secrets", result.secrets().size());
        json.put("misconfigurations", result.misconfigurations().size());
        json.put("licences", result.licences().size());
        return json;
    }

    void writeTo(TextReport page) {
        ScanFindings findings = new ScanFindings(result);
        page.line("  " + platform + ", " + (imported ? "imported report, " : "") + findings.scope());
        page.line("  " + findings.found());
        List<Vulnerability> sorted = findings.worstFirst();
        for (Vulnerability one : sorted.subList(0, Math.min(ScanFindings.SHOWN, sorted.size()))) {
            TextStyle style = one.severity().compareTo(Severity.HIGH) >= 0 ? TextStyle.BAD : TextStyle.CAUTION;
            page.line(style, "    %-9s".formatted(one.severity()), ScanFindings.describe(one));
        }
        if (sorted.size() > ScanFindings.SHOWN) {
            page.line("    and " + (sorted.size() - ScanFindings.SHOWN) + " more: --format json lists all");
        }
    }
}
