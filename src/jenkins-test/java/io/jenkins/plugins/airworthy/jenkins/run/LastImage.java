package io.jenkins.plugins.airworthy.jenkins.run;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;

import java.util.List;

/** The image that a run built, or first looked at, last; for tests of runs that have but one line. */
public final class LastImage {
    private LastImage() {}

    public static RecordedImage of(Run<?, ?> run) throws AirworthyException {
        return of(ImageRecord.of(run));
    }

    public static RecordedImage of(ImageRecord record) throws AirworthyException {
        List<RecordedImage> images = record.images();
        return images.get(images.size() - 1);
    }
}
