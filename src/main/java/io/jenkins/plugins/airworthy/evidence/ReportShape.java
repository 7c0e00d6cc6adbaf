package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The members of a report that are kept. All others are removed, so that a member which a future scanner
 * adds, and which may quote a file's content, is never stored. A member without a shape is a scalar or a list of
 * scalars, a member with a shape is an object or a list of objects; other types are refused, so that no finding
 * is lost because of its form.
 */
final class ReportShape {
    /** How many characters one text of a report may have. */
    static final int MAX_TEXT = 16 * 1024;

    /** How many elements one list of a report may have. */
    static final int MAX_ELEMENTS = 200_000;

    private final Map<String, ReportShape> members = new LinkedHashMap<>();
    private final boolean anyName;

    private ReportShape(boolean anyName) {
        this.anyName = anyName;
    }

    /** An object of which these scalars are kept. */
    static ReportShape of(String... scalars) {
        ReportShape shape = new ReportShape(false);
        for (String scalar : scalars) {
            shape.members.put(scalar, null);
        }
        return shape;
    }

    /** An object whose names are data, such as the sources of a rating, each with this shape below it. */
    static ReportShape byAnyName(ReportShape below) {
        ReportShape shape = new ReportShape(true);
        shape.members.put("", below);
        return shape;
    }

    /** The same with one more object or list of objects. */
    ReportShape with(String name, ReportShape below) {
        members.put(name, below);
        return this;
    }

    /** A copy with nothing in it that this shape does not name. A named member of another type is refused. */
    ObjectNode keep(JsonObject json) throws InvalidInputException {
        if (!anyName) {
            json.refuseLookalikes(members.keySet());
        }
        ObjectNode copy = StrictJson.object();
        for (Map.Entry<String, JsonNode> member : json.node().properties()) {
            String name = member.getKey();
            boolean named = anyName || members.containsKey(name);
            if (!named || member.getValue().isNull()) {
                continue;
            }
            requireShort(name, json, "a name");
            ReportShape below = members.get(anyName ? "" : name);
            copy.set(name, below == null ? scalars(json, name) : objects(json, name, below));
        }
        return copy;
    }

    private static JsonNode objects(JsonObject json, String name, ReportShape below) throws InvalidInputException {
        if (!json.node().get(name).isArray()) {
            return below.keep(json.object(name));
        }
        requireFew(json, name);
        ArrayNode kept = json.node().arrayNode();
        for (JsonObject element : json.objects(name)) {
            kept.add(below.keep(element));
        }
        return kept;
    }

    private static JsonNode scalars(JsonObject json, String name) throws InvalidInputException {
        JsonNode value = json.node().get(name);
        if (value.isArray()) {
            requireFew(json, name);
            ArrayNode kept = json.node().arrayNode();
            for (JsonNode element : value) {
                kept.add(scalar(json, name, element));
            }
            return kept;
        }
        return scalar(json, name, value);
    }

    private static JsonNode scalar(JsonObject json, String name, JsonNode value) throws InvalidInputException {
        if (value.isContainerNode()) {
            throw json.error(name, "expected a text, a number or a truth value");
        }
        if (value.isTextual()) {
            requireShort(value.textValue(), json, name);
        }
        return value;
    }

    private static void requireFew(JsonObject json, String name) throws InvalidInputException {
        if (json.node().get(name).size() > MAX_ELEMENTS) {
            throw json.error(name, "more than the allowed " + MAX_ELEMENTS + " elements");
        }
    }

    private static void requireShort(String text, JsonObject json, String name) throws InvalidInputException {
        if (text.length() > MAX_TEXT) {
            throw json.error(name, "longer than the allowed " + MAX_TEXT + " characters");
        }
    }
}
