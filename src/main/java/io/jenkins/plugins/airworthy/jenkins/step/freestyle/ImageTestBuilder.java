package io.jenkins.plugins.airworthy.jenkins.step.freestyle;

import hudson.Extension;
import io.jenkins.plugins.airworthy.jenkins.step.ImageTestStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link ImageTestStep} as a build step of a freestyle job. */
public final class ImageTestBuilder extends ImageStepBuilder<ImageTestStep> {
    @DataBoundConstructor
    public ImageTestBuilder(ImageTestStep step) {
        super(step);
    }

    @Extension
    @Symbol("imageTest")
    public static final class DescriptorImpl extends ImageStepBuilderDescriptor {
        public DescriptorImpl() {
            super(ImageTestStep.class, ImageTestStep.TITLE);
        }
    }
}
