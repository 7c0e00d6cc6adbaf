package io.jenkins.plugins.airworthy.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object with its place in the document, so that every wrong or missing member is refused with a message
 * such as {@code manifest sha256:…: layers[2].size: expected a number}. A member that is {@code null} counts as absent;
 * one whose name differs from the expected one in case only is refused.
 *
 * @param what the document
 * @param path where in the document, empty at the top
 */
public record JsonObject(String what, String path, ObjectNode node) {
    /** Maximum length of a member's name in an error, in characters: names may be untrusted. */
    private static final int MAX_QUOTED_NAME = 100;

    /** Whether there is such a member, or one that another reader takes for it. */
    public boolean has(String name) {
        return !isAbsent(node.get(name)) || lookalike(name).isPresent();
    }

    /** Refuses every member that is not named here. */
    public void allowOnly(Set<String> names) throws InvalidInputException {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!names.contains(member.getKey())) {
                throw error(member.getKey(), "unknown member");
            }
        }
    }

    /**
     * Refuses a member whose name differs from one of these in case only. Go's reader ignores case, and container engines and
     * scanners are written in Go: for them a second member {@code user} would count where {@code User} counts here, and one digest
     * would mean two things.
     */
    public void refuseLookalikes(Set<String> names) throws InvalidInputException {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String found = member.getKey();
            if (!names.contains(found) && names.stream().anyMatch(found::equalsIgnoreCase)) {
                throw error(found, "differs from a known member only in upper and lower case");
            }
        }
    }

    public String string(String name) throws InvalidInputException {
        return optionalString(name).orElseThrow(() -> error(name, "is missing"));
    }

    public Optional<String> optionalString(String name) throws InvalidInputException {
        JsonNode value = member(name);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw error(name, "expected a string");
        }
        return Optional.of(value.textValue());
    }

    /** A whole number that is not negative. */
    public long count(String name) throws InvalidInputException {
        return optionalCount(name).orElseThrow(() -> error(name, "is missing"));
    }

    public Optional<Long> optionalCount(String name) throws InvalidInputException {
        JsonNode value = member(name);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw error(name, "expected a whole number that is not negative");
        }
        return Optional.of(value.longValue());
    }

    public Optional<Boolean> optionalBoolean(String name) throws InvalidInputException {
        JsonNode value = member(name);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw error(name, "expected true or false");
        }
        return Optional.of(value.booleanValue());
    }

    /** An RFC 3339 time with offset. */
    public Instant instant(String name) throws InvalidInputException {
        return optionalInstant(name).orElseThrow(() -> error(name, "is missing"));
    }

    public Optional<Instant> optionalInstant(String name) throws InvalidInputException {
        Optional<String> text = optionalString(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
        } catch (DateTimeException e) {
            throw error(name, "expected a time such as 2026-01-31T12:00:00Z");
        }
    }

    public JsonObject object(String name) throws InvalidInputException {
        return optionalObject(name).orElseThrow(() -> error(name, "is missing"));
    }

    public Optional<JsonObject> optionalObject(String name) throws InvalidInputException {
        JsonNode value = member(name);
        if (isAbsent(value)) {
            return Optional.empty();
        }
        return Optional.of(asObject(value, at(name)));
    }

    /** The objects of an array; empty when the member is absent. */
    public List<JsonObject> objects(String name) throws InvalidInputException {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            objects.add(asObject(element, at(name) + "[" + objects.size() + "]"));
        }
        return List.copyOf(objects);
    }

    /** The strings of an array; empty when the member is absent. */
    public List<String> strings(String name) throws InvalidInputException {
        List<String> strings = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw error(name + "[" + strings.size() + "]", "expected a string");
            }
            strings.add(element.textValue());
        }
        return List.copyOf(strings);
    }

    /** An object whose members are all strings, in their order; empty when the member is absent. */
    public Map<String, String> stringMap(String name) throws InvalidInputException {
        Map<String, String> map = new LinkedHashMap<>();
        Optional<JsonObject> object = optionalObject(name);
        if (object.isPresent()) {
            for (Map.Entry<String, JsonNode> member : object.get().node().properties()) {
                if (!member.getValue().isTextual()) {
                    throw object.get().error(member.getKey(), "expected a string");
                }
                map.put(member.getKey(), member.getValue().textValue());
            }
        }
        return Collections.unmodifiableMap(map);
    }

    /** The failure to throw for a member of this object. */
    public InvalidInputException error(String name, String problem) {
        return new InvalidInputException(what + ": " + at(name) + ": " + problem);
    }

    /** See {@link #refuseLookalikes}; what is asked for by name is checked without being listed there. */
    private JsonNode member(String name) throws InvalidInputException {
        Optional<String> lookalike = lookalike(name);
        if (lookalike.isPresent()) {
            throw error(lookalike.get(), "differs from '" + name + "' only in upper and lower case");
        }
        return node.get(name);
    }

    private Optional<String> lookalike(String name) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (member.getKey().equalsIgnoreCase(name) && !member.getKey().equals(name)) {
                return Optional.of(member.getKey());
            }
        }
        return Optional.empty();
    }

    private Iterable<JsonNode> array(String name) throws InvalidInputException {
        JsonNode value = member(name);
        if (isAbsent(value)) {
            return List.of();
        }
        if (!value.isArray()) {
            throw error(name, "expected an array");
        }
        return value;
    }

    private JsonObject asObject(JsonNode value, String place) throws InvalidInputException {
        if (value instanceof ObjectNode object) {
            return new JsonObject(what, place, object);
        }
        throw new InvalidInputException(what + ": " + place + ": expected an object");
    }

    private String at(String name) {
        String quoted = name.length() <= MAX_QUOTED_NAME ? name : name.substring(0, MAX_QUOTED_NAME) + "…";
        return path.isEmpty() ? quoted : path + "." + quoted;
    }

    private static boolean isAbsent(JsonNode value) {
        return value == null || value.isNull();
    }
}
