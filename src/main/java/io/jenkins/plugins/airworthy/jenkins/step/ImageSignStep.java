package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.io.IOException;
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
    protected Serializable work(StepPlace place) throws AirworthyException, IOException, InterruptedException {
        throw new InvalidInputException("signing is not possible yet");
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
    }
}
