package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.Locale;

/** JSON for standard output: indented, and safe to print on a terminal. */
final class JsonText {
    private JsonText() {}

    /** Escapes control and direction characters that JSON allows unescaped; they can occur in strings only. */
    static String of(JsonNode document) {
        StringBuilder text = new StringBuilder();
        StrictJson.pretty(document).codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL -> text.append(c == '\n' || c == '\r' ? Character.toString(c) : escaped(c));
                case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    text.append(escaped(c));
                default -> text.appendCodePoint(c);
            }
        });
        return text.toString();
    }

    private static String escaped(int codePoint) {
        StringBuilder text = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
        return text.toString();
    }

    /** The document of a run that ended without an answer. Which signal interrupted a run is not known here. */
    static ObjectNode failure(ExitStatus status, String message) {
        ObjectNode document = StrictJson.object();
        document.put("schemaVersion", 1);
        ObjectNode error = document.putObject("error");
        if (status == ExitStatus.INTERRUPTED) {
            error.put("interrupted", true);
        } else {
            error.put("exitStatus", status.code());
        }
        error.put("message", message);
        return document;
    }
}
