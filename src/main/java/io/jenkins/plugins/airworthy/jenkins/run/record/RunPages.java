package io.jenkins.plugins.airworthy.jenkins.run.record;

import hudson.ExtensionPoint;
import hudson.model.Run;

/** Makes what the views of a run show. The room of the pages knows this one, and not the other way round. */
public interface RunPages extends ExtensionPoint {
    /** What the views of a run read their values from. */
    Object of(Run<?, ?> run);
}
