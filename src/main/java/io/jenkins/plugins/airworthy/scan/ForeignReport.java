package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.GrypeReport;

import java.util.List;

/** A kind of document that is often imported by mistake; refused by name, with the kind of report to use instead. */
record ForeignReport(String name, List<String> members) {
    private static final List<ForeignReport> KNOWN = List.of(
            of("a vulnerability record for 'cosign attest' (--format cosign-vuln)", "scanner", "metadata"),
            of("a CycloneDX document", "bomFormat"),
            of("an SPDX document", "spdxVersion"),
            of("a SARIF report", "runs", "version"),
            of("an OpenVEX document", "@context", "statements"),
            of("a snapshot for GitHub (--format github)", "detector", "manifests"),
            of("a report for GitLab", "vulnerabilities", "version"),
            of("an in-toto statement", "predicateType", "predicate"),
            of("a Sigstore bundle", "verificationMaterial"));

    private static ForeignReport of(String name, String... members) {
        return new ForeignReport(name, List.of(members));
    }

    static void refuse(JsonObject json) throws InvalidInputException {
        if (json.node().has("SchemaVersion") || GrypeReport.isMeant(json)) {
            return;
        }
        for (ForeignReport kind : KNOWN) {
            if (kind.members.stream().allMatch(json.node()::has)) {
                throw new InvalidInputException(json.what() + ": is " + kind.name
                        + ", but a scan is read from what 'airworthy scan --save' wrote, or from the JSON report of"
                        + " Trivy (trivy image --format json) or Grype (grype -o json)");
            }
        }
    }
}
