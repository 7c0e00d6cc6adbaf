package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.io.Serializable;

/**
 * {@code imagePrune}: removes statements about an image that newer ones replace, so that a verdict over nightly scans stays cheap. What
 * a policy still decides by stays. Refuses an image that the policy is not for.
 */
public final class ImagePruneStep extends ImageStep {
    static final String TITLE = "Remove replaced evidence of a container image";

    private String policy = "";
    private String image = "";
    private boolean dryRun;

    @DataBoundConstructor
    public ImagePruneStep() {}

    public String getPolicy() {
        return policy;
    }

    @DataBoundSetter
    public void setPolicy(String policy) {
        this.policy = GivenText.trimmed(policy);
    }

    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = GivenText.trimmed(image);
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    protected Serializable work(StepEnvironment place) throws AirworthyException, InterruptedException {
        return new RunPruner(place, policy).prune(image, dryRun);
    }

    @Extension
    public static final class DescriptorImpl extends ImageStepDescriptor {
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

        @POST
        public ComboBoxModel doFillPolicyItems(@AncestorInPath Item item) {
            return StepForm.policies(item);
        }

        @POST
        public FormValidation doCheckPolicy(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkPolicy(item, value);
        }

        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkImage(item, value);
        }
    }
}
