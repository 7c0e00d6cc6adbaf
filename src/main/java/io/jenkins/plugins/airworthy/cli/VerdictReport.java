package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerdictText;

/** A verdict for a person and for a script, with the rejected evidence. */
record VerdictReport(Judged judged) {
    ObjectNode toJson() {
        return judged.toJson();
    }

    void writeTo(Page page) {
        VerdictText.of(judged, "--format json lists them")
                .forEach(line -> page.line(ink(line.tone()), line.word(), line.text()));
    }

    private static Ink ink(VerdictText.Tone tone) {
        return switch (tone) {
            case PLAIN -> Ink.PLAIN;
            case GOOD -> Ink.GOOD;
            case BAD -> Ink.BAD;
            case CAUTION -> Ink.CAUTION;
            case FAINT -> Ink.FAINT;
        };
    }
}
