package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The result of a command: for a script as one JSON document, for a person as lines.
 *
 * @param others the formats that only some commands have
 */
record Report(ExitStatus status, ObjectNode document, Consumer<TextReport> text, Map<Format, Supplier<String>> others) {
    Report {
        others = Map.copyOf(others);
    }

    Report(ExitStatus status, ObjectNode document, Consumer<TextReport> text) {
        this(status, document, text, Map.of());
    }

    static Report done(ObjectNode document, Consumer<TextReport> text) {
        return new Report(ExitStatus.DONE, document, text);
    }

    /** The same report, also in another format. */
    Report with(Format format, Supplier<String> written) {
        Map<Format, Supplier<String>> more = new EnumMap<>(Format.class);
        more.putAll(others);
        more.put(format, written);
        return new Report(status, document, text, more);
    }

    /** What is written of it. */
    String in(Format format, boolean colours) {
        if (format == Format.json) {
            return JsonText.of(document);
        }
        if (others.containsKey(format)) {
            return others.get(format).get();
        }
        TextReport page = new TextReport(colours);
        text.accept(page);
        return page.toString();
    }
}
