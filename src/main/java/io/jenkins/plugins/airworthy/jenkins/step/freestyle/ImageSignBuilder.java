package io.jenkins.plugins.airworthy.jenkins.step.freestyle;

import hudson.Extension;
import io.jenkins.plugins.airworthy.jenkins.step.ImageSignStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@link ImageSignStep} as a build step of a freestyle job. */
public final class ImageSignBuilder extends ImageStepBuilder<ImageSignStep> {
    @DataBoundConstructor
    public ImageSignBuilder(ImageSignStep step) {
        super(step);
    }

    @Extension
    @Symbol("imageSign")
    public static final class DescriptorImpl extends ImageStepBuilderDescriptor {
        public DescriptorImpl() {
            super(ImageSignStep.class, ImageSignStep.TITLE);
        }
    }
}
