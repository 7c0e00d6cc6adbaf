package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON report of one Trivy run over one container image (schema version 2), redacted while it is read: what quotes a
 * file's content is never held here. Refuses reports of anything but an image, and members of another type than Trivy
 * writes; members that are not known are left out.
 */
public final class TrivyReport implements ScannerReport {
    /** How policies call this scanner. */
    public static final String NAME = "trivy";

    private static final String URI = "https://github.com/aquasecurity/trivy";
    /** The largest report that is read, in bytes: an image of some 20,000 packages. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    private static final int SCHEMA_VERSION = 2;
    private static final String WHAT = "Trivy report";
    private static final String ARTIFACT_ID = "ArtifactID";

    private final JsonObject redacted;

    private TrivyReport(JsonObject redacted) {
        this.redacted = redacted;
    }

    /** Reads what Trivy wrote. */
    public static TrivyReport parse(byte[] bytes) throws InvalidInputException {
        return of(StrictJson.parseObject(bytes, WHAT, MAX_BYTES));
    }

    /** Reads a report that is part of another document. */
    static TrivyReport of(JsonObject report) throws InvalidInputException {
        if (report.count("SchemaVersion") != SCHEMA_VERSION) {
            throw report.error("SchemaVersion", "only version " + SCHEMA_VERSION + " is understood");
        }
        String type = report.string("ArtifactType");
        if (!type.equals("container_image")) {
            throw report.error("ArtifactType", "'" + type + "' is not a container image");
        }
        return new TrivyReport(new JsonObject(report.what(), report.path(), TrivyReportShapes.FULL.keep(report)));
    }

    /** What is kept, enough to make a software bill of materials from. */
    public byte[] toBytes() {
        return StrictJson.write(redacted.node());
    }

    /** The version of the Trivy that made it; absent in reports before Trivy 0.68. */
    public Optional<String> version() throws InvalidInputException {
        Optional<JsonObject> trivy = view().optionalObject("Trivy");
        return trivy.isEmpty() ? Optional.empty() : trivy.get().optionalString("Version");
    }

    @Override
    public Optional<Instant> createdAt() throws InvalidInputException {
        return view().optionalInstant("CreatedAt");
    }

    /** When the database of the server was made; absent unless a server did the matching. */
    public Optional<Instant> serverDatabase() throws InvalidInputException {
        Optional<JsonObject> place = view().optionalObject("Trivy");
        for (String name : new String[] {"Server", "VulnerabilityDB"}) {
            place = place.isEmpty() ? place : place.get().optionalObject(name);
        }
        return place.isEmpty() ? Optional.empty() : place.get().optionalInstant("UpdatedAt");
    }

    @Override
    public ScanResult.ScannedImage image() throws InvalidInputException {
        return new TrivyFindings(view()).image();
    }

    /**
     * Returns only what this report proves about its scan: a scanner ran if it found something; an empty
     * list proves nothing.
     */
    @Override
    public ScanRun provenRun(Instant made) throws InvalidInputException {
        return new ScanRun(
                version().orElse(""),
                new TrivyFindings(view()).proven(),
                Set.of(),
                serverDatabase().map(ScanResult.Database::new),
                Optional.empty(),
                made,
                made,
                true);
    }

    /**
     * The same report calling the image by its own config, where Trivy was handed a copy under another one.
     *
     * @param config digest of the image's config, which Trivy calls its id
     */
    public TrivyReport of(Digest config) {
        ObjectNode copy = redacted.node().deepCopy();
        copy.withObjectProperty("Metadata").put("ImageID", config.toString());
        if (copy.has(ARTIFACT_ID)) {
            copy.put(ARTIFACT_ID, config.toString()); // as Trivy does where the image has no name
        }
        return with(copy);
    }

    /** The same report under the name that people know the image by, instead of the folder that Trivy was handed. */
    public TrivyReport named(String name) {
        ObjectNode copy = redacted.node().deepCopy();
        copy.put("ArtifactName", name);
        return with(copy);
    }

    /** The same report naming the digests of the image in its repository. */
    public TrivyReport at(Set<String> repositoryDigests) {
        ObjectNode copy = redacted.node().deepCopy();
        ArrayNode digests = copy.withObjectProperty("Metadata").putArray("RepoDigests");
        repositoryDigests.stream().sorted().forEach(digests::add);
        return with(copy);
    }

    private TrivyReport with(ObjectNode changed) {
        return new TrivyReport(new JsonObject(redacted.what(), redacted.path(), changed));
    }

    @Override
    public String uri() {
        return URI;
    }

    @Override
    public String databaseUri() {
        return "https://github.com/aquasecurity/trivy-db";
    }

    @Override
    public ScanResult result(ScanRun run) throws InvalidInputException {
        TrivyFindings findings = new TrivyFindings(view());
        return new ScanResult(
                NAME,
                run.scannerVersion(),
                findings.image(),
                run.ran(),
                run.severities(),
                run.database(),
                run.javaDatabase(),
                findings.os(),
                findings.packages(),
                findings.targets(),
                findings.vulnerabilities(),
                findings.secrets(),
                findings.misconfigurations(),
                findings.licences(),
                run.startedAt(),
                run.finishedAt());
    }

    @Override
    public ObjectNode stored() throws InvalidInputException {
        return TrivyReportShapes.STORED.keep(view());
    }

    JsonObject view() {
        return redacted;
    }
}
