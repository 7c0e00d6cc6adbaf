package io.jenkins.plugins.airworthy.jenkins.run;

import hudson.model.Run;
import jenkins.model.RunAction2;

/** What a run's pages show of images, evidence and verdicts. It holds nothing itself: the record does. */
public final class AirworthyRunAction implements RunAction2 {
    private transient Run<?, ?> run;

    @Override
    public void onAttached(Run<?, ?> attached) {
        this.run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        this.run = loaded;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public String getIconFileName() {
        return "symbol-airplane-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return "Airworthy";
    }

    @Override
    public String getUrlName() {
        return "airworthy";
    }
}
