package io.jenkins.plugins.airworthy.jenkins.run.record;

import hudson.ExtensionPoint;
import hudson.model.Run;

/** Makes the content of a run's views. The package of the pages depends on this one, and not the other way round. */
public interface RunPages extends ExtensionPoint {
    /** The object that the views of a run read their values from. */
    Object of(Run<?, ?> run);
}
