package io.jenkins.plugins.airworthy.jenkins.ui.run;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedVerdict;
import io.jenkins.plugins.airworthy.policy.Decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The content of a run's page and of the summary on the build's page.
 *
 * @param problem why some content is missing; empty if it is complete
 * @param verdicts the newest first, at most {@value #MAX_VERDICTS}
 * @param older how many verdicts come before these; each has its document
 */
public record RunPage(String problem, List<NumberedVerdict> verdicts, int older, List<ShownImage> images) {
    /** How many verdicts of a run are shown with their items: the documents of all could take too much memory. */
    public static final int MAX_VERDICTS = 20;

    public RunPage {
        verdicts = List.copyOf(verdicts);
        images = List.copyOf(images);
    }

    /**
     * A verdict with its number in the run, from 1.
     *
     * @param promotedTo where the image is; empty if it was not promoted
     * @param advice why evidence of a refused image may be missing, as in the run's log; empty if the run signed all that it observed
     */
    public record NumberedVerdict(int number, ShownVerdict verdict, String promotedTo, String advice) {
        public boolean promoted() {
            return !promotedTo.isEmpty();
        }

        public String word() {
            return promoted() ? "Promoted" : verdict.word();
        }
    }

    /** The page of a run. */
    public static RunPage of(Run<?, ?> run) {
        try {
            Optional<ImageRecord> record = ImageRecord.find(run);
            return record.isEmpty() ? new RunPage("", List.of(), 0, List.of()) : of(record.get(), MAX_VERDICTS);
        } catch (AirworthyException e) {
            return new RunPage(e.getMessage(), List.of(), 0, List.of());
        }
    }

    /** The page of a record with its newest verdicts, of which one document is held at a time. */
    static RunPage of(ImageRecord record, int most) throws AirworthyException {
        int last = record.verdicts().size();
        int older = Math.max(0, last - most);
        List<NumberedVerdict> verdicts = new ArrayList<>();
        for (int number = last; number > older; number--) {
            RecordedVerdict verdict = record.verdict(number);
            verdicts.add(new NumberedVerdict(
                    number,
                    ShownVerdict.of(verdict.json()),
                    verdict.promotedTo().map(Object::toString).orElse(""),
                    verdict.decision() == Decision.FAILED
                            ? record.advice(verdict.image().at(verdict.digest()))
                                    .orElse("")
                            : ""));
        }
        return new RunPage(
                "",
                verdicts,
                older,
                record.images().stream().map(ShownImage::of).toList());
    }

    public boolean nothing() {
        return problem.isEmpty() && verdicts.isEmpty() && images.isEmpty();
    }
}
