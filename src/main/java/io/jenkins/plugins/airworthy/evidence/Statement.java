package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An <a href="https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md">in-toto statement</a> about exactly one image.
 * Versions 0.1 and 1 are read, version 1 is written. Refuses unknown members, and statements without exactly one subject, since a
 * statement about several subjects could be presented for the wrong one.
 *
 * @param predicate as it was read or will be written; typed by the record of its predicate type
 */
public record Statement(
        Subject subject, Optional<Observation> observation, String predicateType, ObjectNode predicate) {
    public static final String TYPE_V1 = "https://in-toto.io/Statement/v1";
    public static final String TYPE_V0_1 = "https://in-toto.io/Statement/v0.1";

    /** The payload type of a DSSE envelope around a statement. */
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    /** The largest statement that is read, in bytes: a software bill of materials of some 20,000 packages. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    public Statement {
        if (predicateType.isBlank()) {
            throw new IllegalArgumentException("a statement has a predicate type");
        }
        predicate = predicate.deepCopy();
    }

    /** Reads the payload of an envelope. */
    public static Statement parse(byte[] payload, String what) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(payload, what, MAX_BYTES);
        json.allowOnly(Set.of("_type", "subject", "predicateType", "predicate"));
        String type = json.string("_type");
        if (!type.equals(TYPE_V1) && !type.equals(TYPE_V0_1)) {
            throw json.error("_type", "'" + type + "' is not an in-toto statement of version 0.1 or 1");
        }
        List<JsonObject> subjects = json.objects("subject");
        if (subjects.size() != 1) {
            throw json.error("subject", "expected exactly one, found " + subjects.size());
        }
        JsonObject subject = subjects.get(0);
        Subject about = Subject.parse(subject);
        Optional<JsonObject> annotations = subject.optionalObject("annotations");
        String predicateType = json.string("predicateType");
        if (predicateType.isBlank()) {
            throw json.error("predicateType", "is empty");
        }
        return new Statement(
                about,
                annotations.isEmpty() ? Optional.empty() : Observation.of(annotations.get()),
                predicateType,
                json.object("predicate").node());
    }

    /** The payload to sign. */
    public byte[] toBytes() {
        ObjectNode json = StrictJson.object();
        json.put("_type", TYPE_V1);
        ObjectNode about = json.putArray("subject").addObject();
        subject.name().ifPresent(name -> about.put("name", name));
        about.putObject("digest").put("sha256", subject.digest().hex());
        observation.ifPresent(seen -> seen.writeTo(about.putObject("annotations")));
        json.put("predicateType", predicateType);
        json.set("predicate", predicate);
        return StrictJson.write(json);
    }

    /** The predicate with its place in the document, for strict reading. */
    public JsonObject predicateObject() {
        return new JsonObject(predicateType + " about " + subject.digest().abbreviated(), "predicate", predicate);
    }
}
