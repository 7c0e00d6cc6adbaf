package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A step that signs something of an image with a key. The help of its fields is here, unless the step has its own. */
public abstract class KeyStep extends ImageStep {
    private String image = "";
    private String key = "";

    public final String getImage() {
        return image;
    }

    @DataBoundSetter
    public final void setImage(String image) {
        this.image = GivenText.trimmed(image);
    }

    public final String getKey() {
        return key;
    }

    @DataBoundSetter
    public final void setKey(String key) {
        this.key = GivenText.trimmed(key);
    }

    /** Offers the keys that a job may use, and checks what was typed. */
    public abstract static class KeyStepDescriptor extends ImageStepDescriptor {
        @POST
        public final FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkImage(item, value);
        }

        @POST
        public final ComboBoxModel doFillKeyItems(@AncestorInPath Item item) {
            return StepForm.keys(item);
        }

        @POST
        public final FormValidation doCheckKey(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkKey(item, value);
        }
    }
}
