package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;

/**
 * One event at which a run built, adopted or looked at an image.
 *
 * @param order increases with each sighting of a run
 * @param reference as it was built or asked for
 * @param path where in the pipeline that was
 */
public record Sighting(long order, Way way, ImageReference reference, ParallelPath path) {
    /** How a run came to know an image. */
    public enum Way {
        /** The controller checked that it is what was to be built. */
        BUILT,
        /** Another program built it, as the run says. */
        ADOPTED,
        LOOKED_AT
    }

    public Sighting {
        if (order < 1) {
            throw new IllegalArgumentException("sightings are counted from 1");
        }
    }

    boolean isBuilt() {
        return way == Way.BUILT;
    }

    boolean isAdopted() {
        return way == Way.ADOPTED;
    }

    /** Whether the run says that it made the image. */
    boolean isMade() {
        return way != Way.LOOKED_AT;
    }
}
