package io.jenkins.plugins.airworthy.jenkins.config.scope;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The kind of a run: what its instructions are and where they came from. A marked kind means that the instructions are not, or
 * may not be, those in the source repository: a key signs images and provenance of such a run, and a policy lets it promote, only
 * if each accepts that kind.
 */
public enum RunKind {
    /** A pipeline whose script a job's own SCM settings name. */
    PIPELINE_FROM_SCM(false, "a pipeline from source control"),
    /** A branch of a multibranch project. */
    MULTIBRANCH(false, "a branch of a multibranch project"),
    /** A run of a script that was edited for this run only. */
    REPLAYED(true, "a replayed run"),
    /** A run that left stages out. */
    RESTARTED(true, "a run restarted from a stage"),
    /** A pipeline whose script is in the job itself. */
    INLINE(true, "a run of a script typed into the job"),
    /** A freestyle job. */
    FREESTYLE(true, "a run of a freestyle job"),
    /** A pull or merge request: a proposed change of the repository. */
    CHANGE_REQUEST(true, "a run of a change request"),
    /**
     * A run that adopted an image which another program built: the controller did not see how. This is a mark of the image and not
     * of the whole run.
     */
    ADOPTED(true, "a run that adopted its image from another builder"),
    /** Anything else, and everything that could not be determined. */
    UNKNOWN(true, "a run whose instructions come from an unknown place");

    private final boolean marked;
    private final String meaning;

    RunKind(boolean marked, String meaning) {
        this.marked = marked;
        this.meaning = meaning;
    }

    /** Whether a key or a policy must accept this kind by name. */
    public boolean isMarked() {
        return marked;
    }

    /** For messages: "a replayed run". */
    public String meaning() {
        return meaning;
    }

    /** For messages: how the kind is written in settings, on the pages and in code. */
    public String setting() {
        return "'" + label() + "' (" + name() + " in code)";
    }

    /** Its text in forms: "A replayed run". */
    public String label() {
        return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1);
    }

    /** What the author of a job can change so that its runs are not marked. */
    public String advice() {
        return switch (this) {
            case REPLAYED -> "this run was replayed; start the job anew";
            case RESTARTED -> "this run was restarted from a stage; run the whole pipeline";
            case INLINE ->
                "its script is typed into the job; keep it in source control, as 'Pipeline script from SCM' or in a"
                        + " multibranch project";
            case FREESTYLE -> "it is a freestyle job; use a pipeline that is kept in source control";
            case ADOPTED ->
                "its image was adopted; build it with imageBuild, or sign it with a key that accepts ADOPTED and is for the"
                        + " folders and images in question";
            case CHANGE_REQUEST -> "it builds a change request; merge that, and let the branch's own run do it";
            default ->
                "it is not known where its instructions come from; use a pipeline that is kept in source control";
        };
    }

    /**
     * The marks of whole runs, which a key or the entry of a policy can accept. {@link #ADOPTED} marks an image: a key can accept it
     * too, and the document of a policy.
     */
    public static Set<RunKind> marked() {
        return Arrays.stream(values())
                .filter(kind -> kind.marked && kind != ADOPTED)
                .collect(Collectors.toUnmodifiableSet());
    }
}
