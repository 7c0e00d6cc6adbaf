package io.jenkins.plugins.airworthy.jenkins.ui.run;

/**
 * A verdict of a job's run as the job's page shows it.
 *
 * @param run the run's display name
 * @param url of the run's page, relative to Jenkins' root
 * @param promotedTo where the image went; empty if it was not promoted
 */
public record ShownPromotion(String run, String url, ShownVerdict verdict, String promotedTo) {
    public boolean promoted() {
        return !promotedTo.isEmpty();
    }

    /** The result for the image, in a word. */
    public String word() {
        return promoted() ? "Promoted" : verdict.word();
    }

    /** One line about the verdict. */
    public String title() {
        return run + ": " + word() + ". " + verdict.summary();
    }
}
