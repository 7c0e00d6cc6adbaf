package io.jenkins.plugins.airworthy.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * Converts tokens to a tree of values and back, without Jackson's ObjectMapper, whose loading takes longer than a whole
 * verdict of the command line. Recursion is bounded by the parser's limit on nesting, memory by the number of values.
 */
final class JsonTree {
    /** How many names of members are kept once for a whole document, where most of them come again and again. */
    private static final int MAX_SHARED_NAMES = 1_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, String> names = new HashMap<>();
    private final JsonParser parser;
    private final int maxValues;
    private int values;

    private JsonTree(JsonParser parser, int maxValues) {
        this.parser = parser;
        this.maxValues = maxValues;
    }

    /** Reads the value at the parser's current token; afterwards the value's last token is the current one. */
    static JsonNode read(JsonParser parser, int maxValues) throws IOException {
        return new JsonTree(parser, maxValues).read();
    }

    private JsonNode read() throws IOException {
        if (++values > maxValues) {
            throw new RefusedException(parser, "more than the allowed " + maxValues + " values");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject();
            case START_ARRAY -> readArray();
            case VALUE_STRING -> NODES.textNode(wellFormed(parser.getText()));
            case VALUE_NUMBER_INT -> readInteger();
            case VALUE_NUMBER_FLOAT -> readDecimal();
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new IllegalStateException("no JSON value begins with " + parser.currentToken());
        };
    }

    private ObjectNode readObject() throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = shared(wellFormed(parser.currentName()));
            parser.nextToken();
            object.set(name, read());
        }
        return object;
    }

    private ArrayNode readArray() throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(read());
        }
        return array;
    }

    private JsonNode readInteger() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private JsonNode readDecimal() throws IOException {
        try {
            BigDecimal value = parser.getDecimalValue();
            if (Math.abs((long) value.scale()) <= StrictJson.MAX_EXPONENT) {
                return DecimalNode.valueOf(value);
            }
        } catch (NumberFormatException e) {
            // An exponent that not even the platform's decimals can hold: refused below like every one beyond the
            // bound.
        }
        throw new RefusedException(parser, "a number beyond 1e" + StrictJson.MAX_EXPONENT);
    }

    private String shared(String name) {
        String known = names.get(name);
        if (known == null && names.size() < MAX_SHARED_NAMES) {
            names.put(name, name);
        }
        return known == null ? name : known;
    }

    /** Half a surrogate pair, which only an escape can write, has no UTF-8 and reads differently everywhere. */
    private String wellFormed(String text) throws RefusedException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    throw new RefusedException(parser, "half a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    static void write(JsonNode node, JsonGenerator out) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    out.writeFieldName(member.getKey());
                    write(member.getValue(), out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : node) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(node.textValue());
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            case NULL -> out.writeNull();
            case NUMBER -> writeNumber(node, out);
            default -> throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
        }
    }

    private static void writeNumber(JsonNode node, JsonGenerator out) throws IOException {
        switch (node.numberType()) {
            case INT -> out.writeNumber(node.intValue());
            case LONG -> out.writeNumber(node.longValue());
            case BIG_INTEGER -> out.writeNumber(node.bigIntegerValue());
            case FLOAT, DOUBLE -> out.writeNumber(node.doubleValue());
            case BIG_DECIMAL -> out.writeNumber(node.decimalValue());
        }
    }

    /** Refuses text that the grammar allows but Airworthy does not. */
    static final class RefusedException extends JsonParseException {
        private static final long serialVersionUID = 1L;

        RefusedException(JsonParser parser, String problem) {
            super(parser, problem, parser.currentTokenLocation());
        }
    }
}
