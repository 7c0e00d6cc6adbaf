package io.jenkins.plugins.airworthy.jenkins.step.freestyle;

import hudson.Extension;
import io.jenkins.plugins.airworthy.jenkins.step.ImagePruneStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link ImagePruneStep} as a build step of a freestyle job. */
public final class ImagePruneBuilder extends ImageStepBuilder<ImagePruneStep> {
    @DataBoundConstructor
    public ImagePruneBuilder(ImagePruneStep step) {
        super(step);
    }

    @Extension
    @Symbol("imagePrune")
    public static final class DescriptorImpl extends ImageStepBuilderDescriptor {
        public DescriptorImpl() {
            super(ImagePruneStep.class, ImagePruneStep.TITLE);
        }
    }
}
