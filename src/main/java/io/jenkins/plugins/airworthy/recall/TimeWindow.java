package io.jenkins.plugins.airworthy.recall;

import java.time.Instant;
import java.util.Optional;

/** A time from a moment until another, both in it; without one of them it is open on that side. */
public record TimeWindow(Optional<Instant> from, Optional<Instant> until) {
    /** All time. */
    public static final TimeWindow ALWAYS = new TimeWindow(Optional.empty(), Optional.empty());

    /** Whether something that lasted from one moment to another may have been in it; what is not known may have been. */
    boolean mayTouch(Optional<Instant> started, Optional<Instant> finished) {
        boolean after =
                from.isPresent() && finished.isPresent() && finished.get().isBefore(from.get());
        boolean before =
                until.isPresent() && started.isPresent() && started.get().isAfter(until.get());
        return !after && !before;
    }

    boolean isAlways() {
        return from.isEmpty() && until.isEmpty();
    }
}
