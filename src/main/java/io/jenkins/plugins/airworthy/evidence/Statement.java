package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An <a href="https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md">in-toto statement</a> about one image.
 * Versions 0.1 and 1 are read, version 1 is written. Refuses unknown members, and statements about several subjects, unless they
 * say something that is true of each image: how it was built, or that it was signed. A finding about two images does not say which
 * of them has it.
 */
public final class Statement {
    public static final String TYPE_V1 = "https://in-toto.io/Statement/v1";
    public static final String TYPE_V0_1 = "https://in-toto.io/Statement/v0.1";

    /** The payload type of a DSSE envelope around a statement. */
    public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    /** The largest statement that is read, in bytes: a software bill of materials of some 20,000 packages. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    private final Subject subject;
    private final Optional<Observation> observation;
    private final String predicateType;
    private final ObjectNode predicate;

    /** A statement to be made. The predicate is copied. */
    public Statement(Subject subject, Optional<Observation> observation, String predicateType, ObjectNode predicate) {
        this(predicate.deepCopy(), subject, observation, predicateType);
    }

    /** With a predicate that nobody else has: a copy of a large bill of materials would take as much memory as all the rest. */
    private Statement(ObjectNode own, Subject subject, Optional<Observation> observation, String predicateType) {
        if (predicateType.isBlank()) {
            throw new IllegalArgumentException("a statement has a predicate type");
        }
        this.subject = subject;
        this.observation = observation;
        this.predicateType = predicateType;
        this.predicate = own;
    }

    /** How many subjects a statement may have. */
    private static final int MAX_SUBJECTS = 1_000;

    private static final String SUBJECT = "subject";

    /** Reads the payload of an envelope, about one subject. */
    public static Statement parse(byte[] payload, String what) throws InvalidInputException {
        return parse(payload, what, Optional.empty());
    }

    /** Reads the payload of an envelope for one of its subjects. If it has only one, that may be another. */
    public static Statement parse(byte[] payload, String what, Digest about) throws InvalidInputException {
        return parse(payload, what, Optional.of(about));
    }

    private static Statement parse(byte[] payload, String what, Optional<Digest> asked) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(payload, what, MAX_BYTES);
        json.allowOnly(Set.of("_type", "subject", "predicateType", "predicate"));
        String type = json.string("_type");
        if (!type.equals(TYPE_V1) && !type.equals(TYPE_V0_1)) {
            throw json.error("_type", "'" + type + "' is not an in-toto statement of version 0.1 or 1");
        }
        String predicateType = json.string("predicateType");
        JsonObject subject = subject(json, predicateType, asked);
        Subject about = Subject.parse(subject);
        Optional<JsonObject> annotations = subject.optionalObject("annotations");
        if (predicateType.isBlank()) {
            throw json.error("predicateType", "is empty");
        }
        return new Statement(
                json.object("predicate").node(),
                about,
                annotations.isEmpty() ? Optional.empty() : Observation.of(annotations.get()),
                predicateType);
    }

    private static JsonObject subject(JsonObject json, String predicateType, Optional<Digest> asked)
            throws InvalidInputException {
        List<JsonObject> subjects = json.objects(SUBJECT);
        if (subjects.size() == 1) {
            return subjects.get(0);
        }
        if (asked.isEmpty() || !PredicateTypes.holdsForEachSubject(predicateType)) {
            throw json.error(SUBJECT, "expected exactly one, found " + subjects.size());
        }
        if (subjects.size() > MAX_SUBJECTS) {
            throw json.error(SUBJECT, "more than the allowed " + MAX_SUBJECTS);
        }
        Optional<JsonObject> found = Optional.empty();
        for (JsonObject each : subjects) {
            each.allowOnly(Subject.MEMBERS);
            if (asked.get().hex().equals(each.stringMap("digest").get("sha256"))) {
                if (found.isPresent()) {
                    throw json.error(SUBJECT, asked.get() + " is named twice, and what is said of it may differ");
                }
                found = Optional.of(each);
            }
        }
        if (found.isEmpty()) {
            throw json.error(SUBJECT, "none of the " + subjects.size() + " subjects is " + asked.get());
        }
        return found.get();
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

    public Subject subject() {
        return subject;
    }

    public Optional<Observation> observation() {
        return observation;
    }

    public String predicateType() {
        return predicateType;
    }

    /** As it was read or will be written; typed by the record of its predicate type. */
    public ObjectNode predicate() {
        return predicate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Statement that
                && subject.equals(that.subject)
                && observation.equals(that.observation)
                && predicateType.equals(that.predicateType)
                && predicate.equals(that.predicate);
    }

    @Override
    public int hashCode() {
        return Objects.hash(subject, observation, predicateType, predicate);
    }

    @Override
    public String toString() {
        return predicateType + " about " + subject.digest();
    }
}
