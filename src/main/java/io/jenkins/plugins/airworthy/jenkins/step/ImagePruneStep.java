package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.io.Serializable;

/**
 * {@code imagePrune}: removes statements about an image that newer ones replace, so that a verdict over nightly scans stays cheap.
 * Statements that a policy still uses stay. Refuses an image that the policy does not name.
 */
public final class ImagePruneStep extends PolicyStep {
    public static final String TITLE = "Remove replaced evidence of a container image";

    private boolean dryRun;

    @DataBoundConstructor
    public ImagePruneStep() {}

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    protected Serializable work(StepEnvironment place) throws AirworthyException, InterruptedException {
        return new RunPruner(place, getPolicy()).prune(getImage(), dryRun);
    }

    @Extension
    public static final class DescriptorImpl extends PolicyStepDescriptor {
        @Override
        public String getFunctionName() {
            return "imagePrune";
        }

        @Override
        public String getDisplayName() {
            return TITLE;
        }

        @Override
        public boolean needsWorkspace() {
            return false;
        }
    }
}
