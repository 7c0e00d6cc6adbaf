package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.function.Consumer;

/** The result of a command: for a script as one JSON document, for a person as lines. */
record Report(ExitStatus status, ObjectNode document, Consumer<TextReport> text) {
    static Report done(ObjectNode document, Consumer<TextReport> text) {
        return new Report(ExitStatus.DONE, document, text);
    }
}
