package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageSelector;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.SignedImage;
import io.jenkins.plugins.airworthy.jenkins.run.signing.RunSigner;
import org.kohsuke.stapler.DataBoundConstructor;

import java.io.Serializable;

/**
 * {@code imageSign}: signs, on the controller, an image that this run built and what this run's own steps observed of it. Refuses
 * images of other runs and keys that the job is not offered.
 */
public final class ImageSignStep extends KeyStep {
    public static final String TITLE = "Sign a container image and its evidence";

    @DataBoundConstructor
    public ImageSignStep() {}

    @Override
    protected Serializable work(StepEnvironment place) throws AirworthyException, InterruptedException {
        RecordedImage recorded = ImageSelector.of(place).ofThisRun(place.expand(getImage()));
        SignedImage signed =
                new RunSigner(place.run()).sign(recorded, GivenText.of(getKey()).orElse(null), place.progress());
        return SignedImageValue.of(signed);
    }

    @Extension
    public static final class DescriptorImpl extends KeyStepDescriptor {
        @Override
        public String getFunctionName() {
            return "imageSign";
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
