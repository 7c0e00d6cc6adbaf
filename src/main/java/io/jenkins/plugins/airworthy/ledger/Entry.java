package io.jenkins.plugins.airworthy.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One thing that happened: a line of JSON of at most {@value #MAX_BYTES} bytes, the limit of an entry of tlog-tiles. It has digests and
 * ids only; names of people and reasons are {@link Texts}, which can be erased. Kinds and members that are not known here are kept.
 *
 * @param kind what happened, for example {@code signature} or {@code promoted}
 * @param digest of the image that it is about
 * @param target where, as {@code repository:tag}
 * @param run the run that did it: full name of its job, and number
 * @param payload digest of the signed statement
 * @param more every other member
 */
public record Entry(
        String kind,
        Instant time,
        Optional<Digest> digest,
        Optional<String> target,
        Optional<String> run,
        Optional<Digest> payload,
        ObjectNode more) {
    public static final int MAX_BYTES = 65_535;

    private static final int SCHEMA_VERSION = 1;
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Set<String> NAMED =
            Set.of("schemaVersion", "time", "kind", "digest", "target", "run", "payload");

    public Entry {
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("a kind is a word of lower-case letters, digits and hyphens");
        }
        more = more.deepCopy();
        for (String name : NAMED) {
            if (more.has(name)) {
                throw new IllegalArgumentException(name + " has a place of its own");
            }
        }
    }

    /** An entry that says nothing but this. */
    public static Entry of(String kind, Instant time) {
        return new Entry(
                kind,
                time,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                StrictJson.object());
    }

    public Entry about(Digest image) {
        return new Entry(kind, time, Optional.of(image), target, run, payload, more);
    }

    public Entry at(String place) {
        return new Entry(kind, time, digest, Optional.of(place), run, payload, more);
    }

    public Entry by(String job) {
        return new Entry(kind, time, digest, target, Optional.of(job), payload, more);
    }

    public Entry signing(Digest statement) {
        return new Entry(kind, time, digest, target, run, Optional.of(statement), more);
    }

    public Entry with(String name, String value) {
        return with(name, TextNode.valueOf(value));
    }

    public Entry with(String name, long value) {
        return with(
                name, value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value)); // as it is read
    }

    public Entry with(String name, JsonNode value) {
        ObjectNode added = more.deepCopy();
        added.set(name, value);
        return new Entry(kind, time, digest, target, run, payload, added);
    }

    /** A copy. */
    @Override
    public ObjectNode more() {
        return more.deepCopy();
    }

    /** The other members, for reading them strictly. */
    public JsonObject members() {
        return new JsonObject("a ledger's entry of the kind " + kind, "", more.deepCopy());
    }

    /** All that it can be found by. */
    public List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        digest.map(Term::digest).ifPresent(terms::add);
        target.map(Term::target).ifPresent(terms::add);
        run.map(Term::run).ifPresent(terms::add);
        payload.map(Term::payload).ifPresent(terms::add);
        return terms;
    }

    /** The whole entry as JSON. */
    public ObjectNode json() {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("time", time.toString());
        json.put("kind", kind);
        digest.ifPresent(value -> json.put("digest", value.toString()));
        target.ifPresent(value -> json.put("target", value));
        run.ifPresent(value -> json.put("run", value));
        payload.ifPresent(value -> json.put("payload", value.toString()));
        more.properties().forEach(member -> json.set(member.getKey(), member.getValue()));
        return json;
    }

    /** The bytes that are hashed, without the end of the line. Refuses what could not be read again. */
    byte[] line() throws InvalidInputException {
        byte[] line = StrictJson.write(json());
        if (line.length > MAX_BYTES) {
            throw new InvalidInputException("an entry of the kind " + kind + " takes " + line.length
                    + " bytes, and a ledger's entry may have " + MAX_BYTES);
        }
        parse(line, "an entry of the kind " + kind);
        return line;
    }

    /** @param what the entry's name in errors */
    static Entry parse(byte[] line, String what) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(line, what, MAX_BYTES);
        if (json.count("schemaVersion") != SCHEMA_VERSION) {
            throw json.error("schemaVersion", "this version of Airworthy reads " + SCHEMA_VERSION);
        }
        json.refuseLookalikes(NAMED);
        String kind = json.string("kind");
        if (!KIND.matcher(kind).matches()) {
            throw json.error("kind", "expected a word of lower-case letters, digits and hyphens");
        }
        ObjectNode more = json.node().deepCopy();
        more.remove(NAMED);
        return new Entry(
                kind,
                json.instant("time"),
                json.has("digest") ? Optional.of(Digest.member(json, "digest")) : Optional.empty(),
                json.optionalString("target"),
                json.optionalString("run"),
                json.has("payload") ? Optional.of(Digest.member(json, "payload")) : Optional.empty(),
                more);
    }
}
