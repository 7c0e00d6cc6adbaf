package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step that takes an image and a policy. The help of its fields is here, unless the step has its own. */
public abstract class PolicyStep extends ImageStep {
    private String image = "";
    private String policy = "";

    public final String getImage() {
        return image;
    }

    @DataBoundSetter
    public final void setImage(String image) {
        this.image = GivenText.trimmed(image);
    }

    public final String getPolicy() {
        return policy;
    }

    @DataBoundSetter
    public final void setPolicy(String policy) {
        this.policy = GivenText.trimmed(policy);
    }

    /** Offers the policies that a job may use, and checks what was typed. */
    public abstract static class PolicyStepDescriptor extends ImageStepDescriptor {
        @POST
        public final FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkImage(item, value);
        }

        @POST
        public final ComboBoxModel doFillPolicyItems(@AncestorInPath Item item) {
            return StepForm.policies(item);
        }

        @POST
        public final FormValidation doCheckPolicy(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkPolicy(item, value);
        }
    }
}
