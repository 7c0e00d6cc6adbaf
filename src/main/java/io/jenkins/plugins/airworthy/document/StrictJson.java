package io.jenkins.plugins.airworthy.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads untrusted JSON (<a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>). Refuses duplicate keys, trailing text,
 * invalid UTF-8, nesting deeper than
 * {@value #MAX_DEPTH}, numbers longer than {@value #MAX_NUMBER_LENGTH} characters, half surrogate pairs, a byte order mark,
 * more bytes than the caller allows, and very many tiny values, each of which takes far more memory than text.
 */
public final class StrictJson {
    /** How deep objects and arrays may nest. */
    public static final int MAX_DEPTH = 64;

    /** How many characters a number may have. */
    public static final int MAX_NUMBER_LENGTH = 64;

    /** How many characters the name of a member may have. */
    public static final int MAX_NAME_LENGTH = 8 * 1024;

    /** The largest power of ten, up or down, that a number may have: more makes arithmetic with it a trap. */
    public static final int MAX_EXPONENT = 400;

    /**
     * Minimum of allowed bytes for each value; an object or array counts as one in addition to
     * what is in it. Bills of materials have 25 bytes for a value, vulnerability reports 35 to 60.
     */
    public static final int BYTES_OF_A_VALUE = 16;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // the names are untrusted
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxStringLength(Integer.MAX_VALUE) // the limit of the document applies
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // error messages quote no content
            .build();

    private StrictJson() {}

    /**
     * Reads one document.
     *
     * @param what names the document in errors, for example {@code manifest sha256:…}
     * @param maxBytes the largest size in bytes that is read at all
     */
    public static JsonNode parse(byte[] bytes, String what, int maxBytes) throws InvalidInputException {
        return parse(bytes, what, maxBytes, maxBytes / BYTES_OF_A_VALUE);
    }

    private static JsonNode parse(byte[] bytes, String what, int maxBytes, int maxValues) throws InvalidInputException {
        if (bytes.length > maxBytes) {
            throw new InvalidInputException(what + ": larger than the allowed " + maxBytes + " bytes");
        }
        // Given the bytes themselves the parser would guess UTF-16 and UTF-32 as well.
        try (JsonParser parser = FACTORY.createParser(Utf8.reader(bytes, what))) {
            if (parser.nextToken() == null) {
                throw new InvalidInputException(what + ": is empty, expected JSON");
            }
            JsonNode node = JsonTree.read(parser, maxValues);
            if (parser.nextToken() != null) {
                throw new InvalidInputException(what + place(parser.currentTokenLocation())
                        + ": is not valid JSON: text after the document's end");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(what + place(e.getLocation()) + ": is not valid JSON: " + reason(e), e);
        } catch (CharacterCodingException e) {
            throw Utf8.malformed(what, e);
        } catch (IOException e) {
            throw new InvalidInputException(what + ": could not be read as JSON", e);
        }
    }

    /** Reads a document whose outermost value must be an object. */
    public static JsonObject parseObject(byte[] bytes, String what, int maxBytes) throws InvalidInputException {
        return parseObject(bytes, what, maxBytes, maxBytes / BYTES_OF_A_VALUE);
    }

    /** The same for a document of which it is known that it has few values for its size. */
    public static JsonObject parseObject(byte[] bytes, String what, int maxBytes, int maxValues)
            throws InvalidInputException {
        if (parse(bytes, what, maxBytes, maxValues) instanceof ObjectNode object) {
            return new JsonObject(what, "", object);
        }
        throw new InvalidInputException(what + ": expected a JSON object");
    }

    /** A new empty object to be filled and written. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The compact UTF-8 text of a document that we made; members stay in the order they were put. */
    public static byte[] write(JsonNode node) {
        return write(node, Optional.empty());
    }

    /** The same, indented for a person. */
    public static String pretty(JsonNode node) {
        return new String(write(node, Optional.of(new DefaultPrettyPrinter())), StandardCharsets.UTF_8);
    }

    private static byte[] write(JsonNode node, Optional<PrettyPrinter> layout) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            layout.ifPresent(out::setPrettyPrinter);
            JsonTree.write(node, out);
        } catch (IOException e) {
            throw new IllegalStateException("a tree of JSON values can always be written", e);
        }
        return bytes.toByteArray();
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : ":" + location.getLineNr() + ":" + location.getColumnNr();
    }

    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (message.startsWith("Duplicate field")) {
            return "a member occurs twice";
        }
        if (message.contains("nesting depth")) {
            return "nested deeper than " + MAX_DEPTH;
        }
        if (message.contains("Number") && message.contains("exceeds")) {
            return "a number longer than " + MAX_NUMBER_LENGTH + " characters";
        }
        if (message.contains("Name length")) {
            return "the name of a member longer than " + MAX_NAME_LENGTH + " characters";
        }
        if (e instanceof JsonTree.RefusedException) {
            return message;
        }
        return "unexpected text";
    }
}
