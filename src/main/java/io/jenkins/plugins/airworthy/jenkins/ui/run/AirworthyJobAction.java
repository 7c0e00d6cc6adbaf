package io.jenkins.plugins.airworthy.jenkins.ui.run;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.airworthy.jenkins.run.record.AirworthyRunAction;
import jenkins.model.TransientActionFactory;

import java.util.Collection;
import java.util.List;

/** A job's page of verdicts. It has an entry in the job's menu if a recent run built or looked at an image. */
public final class AirworthyJobAction implements Action {
    /** How many runs are checked before the menu omits the entry. */
    private static final int RECENT = 5;

    private final Job<?, ?> job;

    AirworthyJobAction(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    public JobPage getPage() {
        return JobPage.of(job.getBuilds());
    }

    @Override
    public String getIconFileName() {
        return isUsed() ? "symbol-paper-plane-outline" : null;
    }

    @Override
    public String getDisplayName() {
        return "Airworthy";
    }

    @Override
    public String getUrlName() {
        return "airworthy";
    }

    private boolean isUsed() {
        Run<?, ?> run = job.getLastBuild();
        for (int looked = 0; run != null && looked < RECENT; looked++) {
            if (run.getAction(AirworthyRunAction.class) != null) {
                return true;
            }
            run = run.getPreviousBuild();
        }
        return false;
    }

    /** Gives every job its page; whether the menu shows it is decided only when a menu is drawn. */
    @Extension
    @SuppressWarnings("rawtypes") // as Jenkins declares it
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job job) {
            return List.of(new AirworthyJobAction(job));
        }
    }
}
