package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerdictText;

/** A verdict for a person and for a script, with the rejected evidence. */
record VerdictReport(Judged judged) {
    ObjectNode toJson() {
        return judged.toJson();
    }

    void writeTo(TextReport page) {
        VerdictText.of(judged, "--format json lists them")
                .forEach(line -> page.line(style(line.tone()), line.word(), line.text()));
    }

    private static TextStyle style(VerdictText.Tone tone) {
        return switch (tone) {
            case PLAIN -> TextStyle.PLAIN;
            case GOOD -> TextStyle.GOOD;
            case BAD -> TextStyle.BAD;
            case CAUTION -> TextStyle.CAUTION;
            case FAINT -> TextStyle.FAINT;
        };
    }
}
