package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerdictText;

import java.util.List;
import java.util.Optional;

/** A verdict for a person and for a script, with the rejected evidence. */
record VerdictReport(Judged judged) {
    ObjectNode toJson() {
        return judged.toJson();
    }

    void writeTo(TextReport page) {
        VerdictText.of(judged, "--format json lists them")
                .forEach(line -> page.line(style(line.tone()), line.word(), line.text()));
    }

    /**
     * The report of a command about this verdict, to which formats are added that other programs read.
     *
     * @param refusal why the command refuses although the verdict may have passed
     */
    Report inAllFormats(Report report, Optional<String> refusal) {
        List<CheckedImage> image = List.of(CheckedImage.Decided.of(this, refusal));
        return report.with(Format.sarif, () -> VerdictSarif.of(report.status(), image))
                .with(Format.junit, () -> JUnitText.of(image));
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
