package io.jenkins.plugins.airworthy.jenkins.config;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run's instructions are and where they came from. A marked kind means that the instructions are not, or may not be,
 * what the source repository says: a key signs images and provenance of such a run only if it accepts that kind.
 */
public enum RunKind {
    /** A pipeline whose script a job's own SCM settings name. */
    PIPELINE_FROM_SCM(false, "a pipeline from source control"),
    /** A branch of a multibranch project. */
    MULTIBRANCH(false, "a branch of a multibranch project"),
    /** A run of a script that somebody edited for this one run. */
    REPLAYED(true, "a replayed run"),
    /** A run that left stages out. */
    RESTARTED(true, "a run restarted from a stage"),
    /** A pipeline whose script stands in the job itself. */
    INLINE(true, "a run of a script typed into the job"),
    /** A freestyle job. */
    FREESTYLE(true, "a run of a freestyle job"),
    /** A pull or merge request: what somebody would like to be in the repository. */
    CHANGE_REQUEST(true, "a run of a change request"),
    /** Anything else, and whatever could not be found out. */
    UNKNOWN(true, "a run whose instructions come from an unknown place");

    private final boolean marked;
    private final String meaning;

    RunKind(boolean marked, String meaning) {
        this.marked = marked;
        this.meaning = meaning;
    }

    /** Whether a key must accept this kind by name. */
    public boolean isMarked() {
        return marked;
    }

    /** For messages: "a replayed run". */
    public String meaning() {
        return meaning;
    }

    /** The kinds that a key can accept. */
    public static Set<RunKind> marked() {
        return Arrays.stream(values()).filter(RunKind::isMarked).collect(Collectors.toUnmodifiableSet());
    }
}
