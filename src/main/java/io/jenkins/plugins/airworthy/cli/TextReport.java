package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.ArrayList;
import java.util.List;

/** Lines for a person. Untrusted text cannot leave its line or control the terminal. */
final class TextReport {
    private final List<String> lines = new ArrayList<>();
    private final boolean colours;

    TextReport(boolean colours) {
        this.colours = colours;
    }

    TextReport line(String text) {
        lines.add(plain(text));
        return this;
    }

    TextReport line(TextStyle style, String text) {
        lines.add(paint(style, text));
        return this;
    }

    /** A line that begins with a coloured word. */
    TextReport line(TextStyle style, String word, String text) {
        lines.add(paint(style, word) + plain(text));
        return this;
    }

    /** An indented document of several lines. */
    TextReport json(JsonNode document) {
        lines.add(JsonText.of(document));
        return this;
    }

    private String paint(TextStyle style, String text) {
        return colours ? style.on(plain(text)) : plain(text);
    }

    private static String plain(String text) {
        return AirworthyException.oneLine(text);
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
