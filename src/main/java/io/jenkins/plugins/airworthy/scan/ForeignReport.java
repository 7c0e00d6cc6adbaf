package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

/** Documents that people hand in for a report and that are none. Refuses each by its name, with what to hand in instead. */
enum ForeignReport {
    COSIGN("a vulnerability record for 'cosign attest' (--format cosign-vuln)", "scanner", "metadata"),
    CYCLONEDX("a CycloneDX document", "bomFormat"),
    SPDX("an SPDX document", "spdxVersion"),
    SARIF("a SARIF report", "runs", "version"),
    VEX("an OpenVEX document", "@context", "statements"),
    GITHUB("a snapshot for GitHub (--format github)", "detector", "manifests"),
    GITLAB("a report for GitLab", "vulnerabilities", "version"),
    GRYPE("a report of Grype", "matches", "descriptor"),
    STATEMENT("an in-toto statement", "predicateType", "predicate"),
    BUNDLE("a Sigstore bundle", "verificationMaterial");

    private final String name;
    private final String[] members;

    ForeignReport(String name, String... members) {
        this.name = name;
        this.members = members;
    }

    static void refuse(JsonObject json) throws InvalidInputException {
        for (ForeignReport kind : values()) {
            if (kind.is(json)) {
                throw new InvalidInputException(json.what() + ": is " + kind.name
                        + ", and a scan is read from what 'airworthy scan --save' wrote, or from Trivy's own JSON report"
                        + " (trivy image --format json)");
            }
        }
    }

    private boolean is(JsonObject json) {
        for (String member : members) {
            if (!json.node().has(member)) {
                return false;
            }
        }
        return !json.node().has("SchemaVersion");
    }
}
