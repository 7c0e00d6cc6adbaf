package io.jenkins.plugins.airworthy.jenkins.ui;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.run.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.run.RecordedVerdict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a run's page and the summary on the build's page show.
 *
 * @param problem why there is less to show than there should be; empty when all is well
 * @param verdicts the newest first
 */
public record RunPage(String problem, List<NumberedVerdict> verdicts, List<ShownImage> images) {
    public RunPage {
        verdicts = List.copyOf(verdicts);
        images = List.copyOf(images);
    }

    /**
     * A verdict with its number in the run, from 1.
     *
     * @param promotedTo where the image is; empty when it was not promoted
     */
    public record NumberedVerdict(int number, ShownVerdict verdict, String promotedTo) {
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
            return record.isEmpty()
                    ? of(List.of(), List.of())
                    : of(record.get().verdicts(), record.get().images());
        } catch (AirworthyException e) {
            return new RunPage(e.getMessage(), List.of(), List.of());
        }
    }

    static RunPage of(List<RecordedVerdict> judged, List<RecordedImage> recorded) throws InvalidInputException {
        List<NumberedVerdict> verdicts = new ArrayList<>();
        for (RecordedVerdict verdict : judged) {
            verdicts.add(new NumberedVerdict(
                    verdicts.size() + 1,
                    ShownVerdict.of(verdict.json()),
                    verdict.promotedTo().map(Object::toString).orElse("")));
        }
        Collections.reverse(verdicts);
        return new RunPage("", verdicts, recorded.stream().map(ShownImage::of).toList());
    }

    public boolean nothing() {
        return problem.isEmpty() && verdicts.isEmpty() && images.isEmpty();
    }
}
