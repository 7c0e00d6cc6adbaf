package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.io.IOException;
import java.io.Serializable;

/**
 * {@code imageVerify}: says whether an image passes a policy, item by item, and changes nothing. A refusal is an answer and does
 * not fail the build; what cannot be decided does.
 */
public final class ImageVerifyStep extends ImageStep {
    static final String TITLE = "Verify a container image against a policy";

    private String policy = "";
    private String image = "";
    private String target = "";

    @DataBoundConstructor
    public ImageVerifyStep() {}

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

    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = GivenText.trimmed(target);
    }

    @Override
    protected Serializable work(StepPlace place) throws AirworthyException, IOException, InterruptedException {
        throw new InvalidInputException("verifying is not possible yet");
    }

    @Extension
    public static final class DescriptorImpl extends ImageStepDescriptor {
        @Override
        public String getFunctionName() {
            return "imageVerify";
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
