package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageSelector;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.SignedImage;
import io.jenkins.plugins.airworthy.jenkins.run.signing.RunSigner;
import io.jenkins.plugins.airworthy.jenkins.step.value.SignedImageValue;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.io.Serializable;

/**
 * {@code imageSign}: signs, on the controller, an image that this run built and what this run's own steps observed of it. Refuses
 * images of other runs and keys that the job is not offered.
 */
public final class ImageSignStep extends ImageStep {
    static final String TITLE = "Sign a container image and its evidence";

    private String image = "";
    private String key = "";

    @DataBoundConstructor
    public ImageSignStep() {}

    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = GivenText.trimmed(image);
    }

    public String getKey() {
        return key;
    }

    @DataBoundSetter
    public void setKey(String key) {
        this.key = GivenText.trimmed(key);
    }

    @Override
    protected Serializable work(StepEnvironment place) throws AirworthyException, InterruptedException {
        RecordedImage recorded = ImageSelector.of(place).ofThisRun(place.expand(image));
        SignedImage signed =
                new RunSigner(place.run()).sign(recorded, GivenText.of(key).orElse(null), place.progress());
        return SignedImageValue.of(signed);
    }

    @Extension
    public static final class DescriptorImpl extends ImageStepDescriptor {
        @Override
        public String getFunctionName() {
            return "imageSign";
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
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkImage(item, value);
        }

        @POST
        public ComboBoxModel doFillKeyItems(@AncestorInPath Item item) {
            return StepForm.keys(item);
        }

        @POST
        public FormValidation doCheckKey(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkKey(item, value);
        }
    }
}
