package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Vulnerability;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.image.Platform;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What the scan of one platform's image found, worst first. */
record ScanSummary(Platform platform, boolean imported, ScanResult result) {
    /** How many vulnerabilities a person is shown; JSON has all of them. */
    private static final int SHOWN = 20;

    private static final Comparator<Vulnerability> WORST_FIRST = Comparator.comparing(Vulnerability::severity)
            .reversed()
            .thenComparing(Vulnerability::id)
            .thenComparing(Vulnerability::packageName);

    ObjectNode toJson() {
        ObjectNode json = StrictJson.object();
        json.put("platform", platform.toString());
        json.put("scanner", result.scanner() + " " + result.scannerVersion());
        json.put("imported", imported);
        json.put("packages", result.packages());
        result.os().ifPresent(os -> json.put("operatingSystem", os.family() + " " + os.version()));
        result.database().ifPresent(db -> json.put("database", db.updatedAt().toString()));
        ArrayNode found = json.putArray("vulnerabilities");
        for (Vulnerability one : sorted()) {
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

    void writeTo(Page page) {
        page.line("  " + platform + ", " + result.scanner() + " " + result.scannerVersion()
                + (imported ? ", imported report" : "")
                + result.os().map(os -> ", " + os.family() + " " + os.version()).orElse(", unknown operating system")
                + ", " + result.packages() + " packages"
                + result.database().map(db -> ", database of " + db.updatedAt()).orElse(", unknown database"));
        page.line("  vulnerabilities: " + counts() + "; secrets: "
                + result.secrets().size() + "; misconfigurations: "
                + result.misconfigurations().size());
        List<Vulnerability> sorted = sorted();
        for (Vulnerability one : sorted.subList(0, Math.min(SHOWN, sorted.size()))) {
            Ink ink = one.severity().compareTo(Severity.HIGH) >= 0 ? Ink.BAD : Ink.CAUTION;
            page.line(
                    ink,
                    "    %-9s".formatted(one.severity()),
                    one.id() + " in " + one.packageName() + " " + one.installedVersion()
                            + one.fixedVersion().map(v -> ", fixed in " + v).orElse(", no fix is known"));
        }
        if (sorted.size() > SHOWN) {
            page.line("    and " + (sorted.size() - SHOWN) + " more: --format json lists all");
        }
    }

    private List<Vulnerability> sorted() {
        return result.vulnerabilities().stream().sorted(WORST_FIRST).toList();
    }

    private String counts() {
        if (result.vulnerabilities().isEmpty()) {
            return "none";
        }
        return Arrays.stream(Severity.values())
                .sorted(Comparator.reverseOrder())
                .map(severity -> result.vulnerabilities().stream()
                                .filter(one -> one.severity() == severity)
                                .count()
                        + " " + severity)
                .filter(text -> !text.startsWith("0 "))
                .collect(Collectors.joining(", "));
    }
}
