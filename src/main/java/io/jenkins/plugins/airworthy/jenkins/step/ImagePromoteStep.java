package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.io.IOException;
import java.io.Serializable;

/**
 * {@code imagePromote}: the gate. Copies an image with the evidence that decided to its target, if the policy passes it; otherwise
 * writes nothing there, and fails the build with all reasons unless it was told to return them.
 */
public final class ImagePromoteStep extends ImageStep {
    static final String TITLE = "Promote a container image if it passes a policy";

    private final String to;
    private String policy = "";
    private String image = "";
    private boolean failOnRefusal = true;

    @DataBoundConstructor
    public ImagePromoteStep(String to) {
        this.to = GivenText.trimmed(to);
    }

    public String getTo() {
        return to;
    }

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

    public boolean isFailOnRefusal() {
        return failOnRefusal;
    }

    @DataBoundSetter
    public void setFailOnRefusal(boolean failOnRefusal) {
        this.failOnRefusal = failOnRefusal;
    }

    @Override
    protected Serializable work(StepPlace place) throws AirworthyException, IOException, InterruptedException {
        throw new InvalidInputException("promoting is not possible yet");
    }

    @Extension
    public static final class DescriptorImpl extends ImageStepDescriptor {
        @Override
        public String getFunctionName() {
            return "imagePromote";
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
