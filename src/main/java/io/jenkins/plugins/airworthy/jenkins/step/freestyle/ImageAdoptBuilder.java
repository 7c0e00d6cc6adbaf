package io.jenkins.plugins.airworthy.jenkins.step.freestyle;

import hudson.Extension;
import io.jenkins.plugins.airworthy.jenkins.step.ImageAdoptStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link ImageAdoptStep} as a build step of a freestyle job. */
public final class ImageAdoptBuilder extends ImageStepBuilder<ImageAdoptStep> {
    @DataBoundConstructor
    public ImageAdoptBuilder(ImageAdoptStep step) {
        super(step);
    }

    @Extension
    @Symbol("imageAdopt")
    public static final class DescriptorImpl extends ImageStepBuilderDescriptor {
        public DescriptorImpl() {
            super(ImageAdoptStep.class, ImageAdoptStep.TITLE);
        }
    }
}
