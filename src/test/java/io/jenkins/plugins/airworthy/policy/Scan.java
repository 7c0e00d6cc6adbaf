package io.jenkins.plugins.airworthy.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A scan record as ours are written. */
public final class Scan {
    private final ImageManifest image;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> misconfigurations = new ArrayList<>();
    private Optional<Observation> seen = Optional.of(Given.seen());
    private Instant finishedAt = Given.NOW.minusSeconds(3_600);
    private String os = "{\"Family\":\"debian\",\"Name\":\"12.5\"}";
    private String imageId;
    private int packages = 3;
    private int secrets;

    static Scan of(PlatformImage image) {
        return of(image.manifest());
    }

    public static Scan of(ImageManifest image) {
        return new Scan(image);
    }

    private Scan(ImageManifest image) {
        this.image = image;
        imageId = image.config().digest().toString();
        parameters.put("scanners", "vuln,secret");
        parameters.put("severities", "UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL");
        parameters.put("databaseUpdatedAt", Given.NOW.minusSeconds(7_200).toString());
    }

    public Scan finding(String id, String severity, String fixed, String published) {
        findings.add("""
                {"VulnerabilityID":"%s","PkgName":"org.example:lib","InstalledVersion":"1.0","Severity":"%s",
                 "PkgIdentifier":{"PURL":"pkg:maven/org.example/lib@1.0"},"FixedVersion":"%s"%s}
                """.formatted(
                id, severity, fixed, published.isEmpty() ? "" : ",\"PublishedDate\":\"" + published + "T00:00:00Z\""));
        if (published.equals("2026-11-13")) {
            findings.set(findings.size() - 1, findings.get(findings.size() - 1).replace("13T00", "13T12"));
        }
        return this;
    }

    public Scan parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    public Scan observedAt(Instant at) {
        seen = Optional.of(Given.seen(Observer.BUILD_AGENT, at));
        return this;
    }

    public Scan undated() {
        seen = Optional.empty();
        return this;
    }

    public Scan finishedAt(Instant at) {
        finishedAt = at;
        return this;
    }

    public Scan os(String json) {
        os = json;
        return this;
    }

    public Scan imageId(String id) {
        imageId = id;
        return this;
    }

    public Scan packages(int number) {
        packages = number;
        return this;
    }

    public Scan misconfiguration(String id, String severity, String status) {
        misconfigurations.add("{\"ID\":\"%s\",\"Title\":\"t\",\"Severity\":\"%s\",\"Status\":\"%s\"}"
                .formatted(id, severity, status));
        return this;
    }

    public Scan secrets(int number) {
        secrets = number;
        return this;
    }

    public ObjectNode json() {
        List<String> list = new ArrayList<>();
        parameters.forEach((name, value) -> {
            if (value != null) {
                list.add("\"" + name + "=" + value + "\"");
            }
        });
        List<String> analysed = Collections.nCopies(packages, "{\"Name\":\"p\",\"Version\":\"1\"}");
        List<String> found = Collections.nCopies(secrets, "{\"RuleID\":\"aws\",\"Title\":\"t\",\"Severity\":\"HIGH\"}");
        return Given.json("""
                {"invocation":{"parameters":[%s],"uri":"","event_id":"","builder.id":""},
                 "scanner":{"uri":"https://github.com/aquasecurity/trivy","version":"0.74.0","result":
                  {"SchemaVersion":2,"ArtifactType":"container_image","ArtifactName":"a",
                   "Metadata":{"ImageID":"%s"%s},
                   "Results":[{"Target":"Java","Packages":[%s],"Vulnerabilities":[%s],"Secrets":[%s],"Misconfigurations":[%s]}]}},
                 "metadata":{"scanStartedOn":"%s","scanFinishedOn":"%s"}}
                """.formatted(
                        String.join(",", list),
                        imageId,
                        os.isEmpty() ? "" : ",\"OS\":" + os,
                        String.join(",", analysed),
                        String.join(",", findings),
                        String.join(",", found),
                        String.join(",", misconfigurations),
                        finishedAt,
                        finishedAt));
    }

    /** What a scanner's user would sign. */
    public Statement statement() {
        return new Statement(
                new Subject(Optional.empty(), image.digest()), seen, PredicateTypes.VULNERABILITIES, json());
    }

    VerifiedEvidence evidence() {
        return Given.evidence(image.digest(), seen, PredicateTypes.VULNERABILITIES, json(), Given.key("release"));
    }
}
