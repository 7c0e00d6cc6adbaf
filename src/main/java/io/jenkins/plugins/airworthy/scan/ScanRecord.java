package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An unsigned file for exchanging scans between machines, since a report alone does not say what was requested of the scanner
 * and with which database. {@code {"schemaVersion": 1, "scans": [{"image", "vulnerabilities", "cyclonedx", "spdx"}]}}.
 * Refuses unknown members, other versions, and the same image twice.
 */
public final class ScanRecord {
    /** Maximum size of the file, in bytes. */
    public static final int MAX_BYTES = 2 * Statement.MAX_BYTES;

    static final String SCANS = "scans";
    private static final int SCHEMA_VERSION = 1;

    private ScanRecord() {}

    /** Returns the file's content. */
    public static byte[] write(List<ScanOutcome> outcomes) {
        return StrictJson.write(toJson(outcomes));
    }

    /** Returns the file's content as JSON. */
    public static ObjectNode toJson(List<ScanOutcome> outcomes) {
        ObjectNode record = StrictJson.object();
        record.put("schemaVersion", SCHEMA_VERSION);
        ArrayNode scans = record.putArray(SCANS);
        for (ScanOutcome outcome : outcomes) {
            ObjectNode scan = scans.addObject();
            scan.put("image", outcome.image().toString());
            scan.set("vulnerabilities", outcome.vulnerabilities());
            outcome.cyclonedx().ifPresent(bom -> scan.set("cyclonedx", bom));
            outcome.spdx().ifPresent(bom -> scan.set("spdx", bom));
        }
        return record;
    }

    /** Reads the claims of a file, without comparing them with an image. */
    static List<Entry> read(JsonObject record) throws InvalidInputException {
        record.allowOnly(Set.of("schemaVersion", SCANS));
        if (record.count("schemaVersion") != SCHEMA_VERSION) {
            throw record.error("schemaVersion", "only version " + SCHEMA_VERSION + " is understood");
        }
        List<Entry> entries = new ArrayList<>();
        Set<Digest> images = new HashSet<>();
        for (JsonObject scan : record.objects(SCANS)) {
            scan.allowOnly(Set.of("image", "vulnerabilities", "cyclonedx", "spdx"));
            Digest image = Digest.member(scan, "image");
            if (!images.add(image)) {
                throw scan.error("image", "occurs twice");
            }
            entries.add(new Entry(
                    image,
                    scan.object("vulnerabilities"),
                    scan.optionalObject("cyclonedx"),
                    scan.optionalObject("spdx")));
        }
        if (entries.isEmpty()) {
            throw record.error(SCANS, "is empty");
        }
        return entries;
    }

    /** One scan in the file. */
    record Entry(Digest image, JsonObject vulnerabilities, Optional<JsonObject> cyclonedx, Optional<JsonObject> spdx) {}
}
