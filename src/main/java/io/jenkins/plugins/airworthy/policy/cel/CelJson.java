package io.jenkins.plugins.airworthy.policy.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.values.NullValue;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;

/**
 * Turns the predicates of statements into values of the language. Whole numbers within 2^53 are numbers; all other numbers are texts
 * as they were written, since programs differ about them. Refuses large and deeply nested predicates, and many together.
 */
final class CelJson {
    /** Maximum size of one predicate, in bytes as compact JSON. */
    static final int MAX_BYTES = 1024 * 1024;

    /** Maximum size of all predicates that one expression looks at, in bytes. */
    static final int MAX_ALL_BYTES = 4 * MAX_BYTES;

    /** How deep objects and arrays of a predicate may nest. */
    static final int MAX_DEPTH = 32;

    /** Maximum number of values in all predicates that one expression looks at. */
    static final int MAX_VALUES = 200_000;

    private static final long MAX_NUMBER = 1L << 53;

    private long bytes;
    private int values;

    /** A list or map that says how many values are in it, at any depth: the language goes through all of them to use it. */
    interface Sized {
        int weight();
    }

    /** The predicate of a statement. */
    Object value(ObjectNode predicate, String what) throws InvalidInputException {
        int size = StrictJson.write(predicate).length;
        if (size > MAX_BYTES) {
            throw new InvalidInputException(
                    what + " has " + size + " bytes, more than the " + MAX_BYTES + " that an expression may look at");
        }
        bytes += size;
        if (bytes > MAX_ALL_BYTES) {
            throw new InvalidInputException("the predicates have more than the " + MAX_ALL_BYTES
                    + " bytes together that an expression may look at");
        }
        return value(predicate, what, 1);
    }

    private Object value(JsonNode node, String what, int depth) throws InvalidInputException {
        if (++values > MAX_VALUES) {
            throw new InvalidInputException("the predicates have more than the " + MAX_VALUES
                    + " values together that an expression may look at");
        }
        if (!node.isContainerNode()) {
            return scalar(node);
        }
        if (depth > MAX_DEPTH) {
            throw new InvalidInputException(
                    what + " is nested deeper than the " + MAX_DEPTH + " levels that an expression may look at");
        }
        int before = values;
        if (node.isArray()) {
            List<Object> list = new ArrayList<>(node.size());
            for (JsonNode each : node) {
                list.add(value(each, what, depth + 1));
            }
            return new JsonList(list, values - before);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            map.put(member.getKey(), value(member.getValue(), what, depth + 1));
        }
        return new JsonMap(map, values - before);
    }

    private static Object scalar(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNull()) {
            return NullValue.NULL_VALUE;
        }
        boolean whole = node.isIntegralNumber() && node.canConvertToLong() && Math.abs(node.longValue()) <= MAX_NUMBER;
        return whole ? (Object) node.longValue() : node.asText();
    }

    private static final class JsonList extends AbstractList<Object> implements Sized, RandomAccess {
        private final List<Object> list;
        private final int values;

        JsonList(List<Object> list, int values) {
            this.list = list;
            this.values = values;
        }

        @Override
        public Object get(int index) {
            return list.get(index);
        }

        @Override
        public int size() {
            return list.size();
        }

        @Override
        public int weight() {
            return values;
        }
    }

    private static final class JsonMap extends AbstractMap<String, Object> implements Sized {
        private final Map<String, Object> map;
        private final int values;

        JsonMap(Map<String, Object> map, int values) {
            this.map = map;
            this.values = values;
        }

        @Override
        public Object get(Object key) {
            return map.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return map.containsKey(key);
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            return map.entrySet();
        }

        @Override
        public int weight() {
            return values;
        }
    }
}
