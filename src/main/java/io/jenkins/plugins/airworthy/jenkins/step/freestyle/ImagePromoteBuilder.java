package io.jenkins.plugins.airworthy.jenkins.step.freestyle;

import hudson.Extension;
import io.jenkins.plugins.airworthy.jenkins.step.ImagePromoteStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link ImagePromoteStep} as a build step of a freestyle job. */
public final class ImagePromoteBuilder extends ImageStepBuilder<ImagePromoteStep> {
    @DataBoundConstructor
    public ImagePromoteBuilder(ImagePromoteStep step) {
        super(step);
    }

    @Extension
    @Symbol("imagePromote")
    public static final class DescriptorImpl extends ImageStepBuilderDescriptor {
        public DescriptorImpl() {
            super(ImagePromoteStep.class, ImagePromoteStep.TITLE);
        }
    }
}
