package io.jenkins.plugins.airworthy.jenkins.ui.run;

import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.airworthy.jenkins.run.record.RunPages;

/** Pages of the data that is stored with a run: they query no registry. */
@Extension
public final class StoredRunPages implements RunPages {
    @Override
    public RunPage of(Run<?, ?> run) {
        return RunPage.of(run);
    }
}
