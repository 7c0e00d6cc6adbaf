package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;

/**
 * One event at which a run built or looked at an image.
 *
 * @param order increases with each sighting of a run
 * @param built whether it was built; otherwise it was looked at
 * @param reference as it was built or asked for
 * @param path where in the pipeline that was
 */
public record Sighting(long order, boolean built, ImageReference reference, ParallelPath path) {
    public Sighting {
        if (order < 1) {
            throw new IllegalArgumentException("sightings are counted from 1");
        }
    }
}
