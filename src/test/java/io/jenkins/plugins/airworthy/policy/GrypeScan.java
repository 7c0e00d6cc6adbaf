package io.jenkins.plugins.airworthy.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A report as Grype writes it, and a record of cosign's around it. */
public final class GrypeScan {
    private final ObjectNode report = StrictJson.object();
    private final ArrayNode matches = report.putArray("matches");

    public GrypeScan(String imageId, Instant made) {
        report.putObject("source")
                .put("type", "image")
                .putObject("target")
                .put("userInput", "registry.example.com/staging/shop/cart:1")
                .put("imageID", imageId)
                .putArray("repoDigests");
        report.putObject("distro").put("name", "debian").put("version", "12").putArray("idLike");
        ObjectNode descriptor = report.putObject("descriptor");
        descriptor.put("name", "grype").put("version", "0.104.0").put("timestamp", made.toString());
        descriptor.putObject("configuration").putObject("alerts").put("enable-eol-distro-warnings", true);
        descriptor
                .putObject("db")
                .putObject("status")
                .put("built", made.minusSeconds(3_600).toString());
    }

    static GrypeScan of(PlatformImage image) {
        return new GrypeScan(image.manifest().config().digest().toString(), Given.NOW.minusSeconds(3_600));
    }

    public GrypeScan finding(String id, String severity, List<String> fixed, String... related) {
        match(matches.addObject(), id, severity, fixed, related);
        return this;
    }

    /** A finding that Grype left out of its list, by these rules. */
    public GrypeScan ignored(String id, String severity, String rules) {
        ObjectNode match = report.withArrayProperty("ignoredMatches").addObject();
        match(match, id, severity, List.of("1.1"));
        match.set("appliedIgnoreRules", Given.json("{\"rules\":" + rules + "}").get("rules"));
        return this;
    }

    private static void match(ObjectNode match, String id, String severity, List<String> fixed, String... related) {
        ObjectNode vulnerability =
                match.putObject("vulnerability").put("id", id).put("severity", severity);
        fixed.forEach(vulnerability.putObject("fix").put("state", "").putArray("versions")::add);
        for (String other : related) {
            match.withArrayProperty("relatedVulnerabilities").addObject().put("id", other);
        }
        match.putObject("artifact")
                .put("name", "lib")
                .put("version", "1.0")
                .put("type", "java-archive")
                .put("purl", "pkg:maven/org.example/lib@1.0")
                .put("metadata", "s3cr3t");
    }

    public ObjectNode report() {
        return report;
    }

    VerifiedEvidence evidence(PlatformImage image) {
        ObjectNode record = Given.json("{\"scanner\":{\"uri\":\"pkg:github/anchore/grype@0.104.0\"},\"metadata\":{"
                + "\"scanStartedOn\":\"" + Given.NOW + "\",\"scanFinishedOn\":\"" + Given.NOW + "\"}}");
        record.withObjectProperty("scanner").set("result", report);
        return Given.evidence(
                image.digest(),
                Optional.of(Given.seen(Observer.BUILD_AGENT, Given.NOW)),
                PredicateTypes.VULNERABILITIES,
                record,
                Given.key("release"));
    }
}
