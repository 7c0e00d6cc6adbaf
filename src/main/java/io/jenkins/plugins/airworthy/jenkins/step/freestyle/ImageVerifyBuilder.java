package io.jenkins.plugins.airworthy.jenkins.step.freestyle;

import hudson.Extension;
import io.jenkins.plugins.airworthy.jenkins.step.ImageVerifyStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link ImageVerifyStep} as a build step of a freestyle job. */
public final class ImageVerifyBuilder extends ImageStepBuilder<ImageVerifyStep> {
    @DataBoundConstructor
    public ImageVerifyBuilder(ImageVerifyStep step) {
        super(step);
    }

    @Extension
    @Symbol("imageVerify")
    public static final class DescriptorImpl extends ImageStepBuilderDescriptor {
        public DescriptorImpl() {
            super(ImageVerifyStep.class, ImageVerifyStep.TITLE);
        }
    }
}
