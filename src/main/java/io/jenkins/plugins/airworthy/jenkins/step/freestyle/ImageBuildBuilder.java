package io.jenkins.plugins.airworthy.jenkins.step.freestyle;

import hudson.Extension;
import io.jenkins.plugins.airworthy.jenkins.step.ImageBuildStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link ImageBuildStep} as a build step of a freestyle job. */
public final class ImageBuildBuilder extends ImageStepBuilder<ImageBuildStep> {
    @DataBoundConstructor
    public ImageBuildBuilder(ImageBuildStep step) {
        super(step);
    }

    @Extension
    @Symbol("imageBuild")
    public static final class DescriptorImpl extends ImageStepBuilderDescriptor {
        public DescriptorImpl() {
            super(ImageBuildStep.class, ImageBuildStep.TITLE);
        }
    }
}
