package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The verdicts about several images, each on its own, and one summary. The exit status is the worst of them. */
record VerdictList(List<Entry> entries) {
    VerdictList {
        entries = List.copyOf(entries);
    }

    /** One image: a verdict, or the reason why there is none. */
    sealed interface Entry {
        String image();

        ExitStatus status();

        CheckedImage checked();

        record Decided(String image, VerdictReport verdict) implements Entry {
            @Override
            public ExitStatus status() {
                return VerdictList.status(verdict);
            }

            @Override
            public CheckedImage checked() {
                return CheckedImage.Decided.of(verdict, Optional.empty());
            }
        }

        record Undecided(String image, ExitStatus status, String reason) implements Entry {
            @Override
            public CheckedImage checked() {
                return new CheckedImage.Undecided(image, status, reason);
            }
        }
    }

    static ExitStatus status(VerdictReport report) {
        return report.judged().verdict().passed() ? ExitStatus.DONE : ExitStatus.REFUSED;
    }

    Report report() {
        return new Report(worst(), document(), this::writeTo)
                .with(Format.sarif, () -> VerdictSarif.of(worst(), checked()))
                .with(Format.junit, () -> JUnitText.of(checked()));
    }

    private List<CheckedImage> checked() {
        return entries.stream().map(Entry::checked).toList();
    }

    private ExitStatus worst() {
        return entries.stream()
                .map(Entry::status)
                .max(Comparator.comparing(ExitStatus::code))
                .orElse(ExitStatus.DONE);
    }

    private ObjectNode document() {
        ObjectNode document = StrictJson.object().put("schemaVersion", 1).put("exitStatus", worst().code());
        ArrayNode images = document.putArray("images");
        for (Entry entry : entries) {
            ObjectNode image = images.addObject()
                    .put("image", entry.image())
                    .put("exitStatus", entry.status().code());
            if (entry instanceof Entry.Decided decided) {
                image.set("verdict", decided.verdict().toJson());
            } else if (entry instanceof Entry.Undecided undecided) {
                image.put("reason", undecided.reason());
            }
        }
        return document;
    }

    private void writeTo(TextReport page) {
        for (Entry entry : entries) {
            if (entry instanceof Entry.Decided decided) {
                decided.verdict().writeTo(page);
            } else if (entry instanceof Entry.Undecided undecided) {
                page.line(TextStyle.BAD, "UNDECIDED ", undecided.image() + ": " + undecided.reason());
            }
            page.line("");
        }
        page.line(
                TextStyle.STRONG,
                entries.size() + " images: " + count(ExitStatus.DONE) + " passed, "
                        + count(ExitStatus.REFUSED) + " refused, "
                        + (count(ExitStatus.INVALID) + count(ExitStatus.UNDECIDED)) + " undecided");
    }

    private long count(ExitStatus status) {
        return entries.stream().filter(entry -> entry.status() == status).count();
    }
}
