package io.jenkins.plugins.airworthy.jenkins.step.freestyle;

import hudson.Extension;
import io.jenkins.plugins.airworthy.jenkins.step.ImageScanStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link ImageScanStep} as a build step of a freestyle job. */
public final class ImageScanBuilder extends ImageStepBuilder<ImageScanStep> {
    @DataBoundConstructor
    public ImageScanBuilder(ImageScanStep step) {
        super(step);
    }

    @Extension
    @Symbol("imageScan")
    public static final class DescriptorImpl extends ImageStepBuilderDescriptor {
        public DescriptorImpl() {
            super(ImageScanStep.class, ImageScanStep.TITLE);
        }
    }
}
