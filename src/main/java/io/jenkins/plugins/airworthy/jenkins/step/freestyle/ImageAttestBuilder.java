package io.jenkins.plugins.airworthy.jenkins.step.freestyle;

import hudson.Extension;
import io.jenkins.plugins.airworthy.jenkins.step.ImageAttestStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link ImageAttestStep} as a build step of a freestyle job. */
public final class ImageAttestBuilder extends ImageStepBuilder<ImageAttestStep> {
    @DataBoundConstructor
    public ImageAttestBuilder(ImageAttestStep step) {
        super(step);
    }

    @Extension
    @Symbol("imageAttest")
    public static final class DescriptorImpl extends ImageStepBuilderDescriptor {
        public DescriptorImpl() {
            super(ImageAttestStep.class, ImageAttestStep.TITLE);
        }
    }
}
