package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.io.IOException;
import java.io.Serializable;

/**
 * {@code imageAttest}: signs a statement of the job's own about an image and attaches it. Refuses the predicate types that the
 * product itself makes: a hand-written scan must not look like a scan.
 */
public final class ImageAttestStep extends ImageStep {
    static final String TITLE = "Attest something of your own about a container image";

    private final String predicateType;
    private final String predicateFile;
    private String image = "";
    private String key = "";

    @DataBoundConstructor
    public ImageAttestStep(String predicateType, String predicateFile) {
        this.predicateType = GivenText.trimmed(predicateType);
        this.predicateFile = GivenText.trimmed(predicateFile);
    }

    public String getPredicateType() {
        return predicateType;
    }

    public String getPredicateFile() {
        return predicateFile;
    }

    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = GivenText.trimmed(image);
    }

    public String getKey() {
        return key;
    }

    @DataBoundSetter
    public void setKey(String key) {
        this.key = GivenText.trimmed(key);
    }

    @Override
    protected Serializable work(StepPlace place) throws AirworthyException, IOException, InterruptedException {
        throw new InvalidInputException("attesting is not possible yet");
    }

    @Extension
    public static final class DescriptorImpl extends ImageStepDescriptor {
        @Override
        public String getFunctionName() {
            return "imageAttest";
        }

        @Override
        public String getDisplayName() {
            return TITLE;
        }

        @Override
        public boolean needsWorkspace() {
            return true;
        }
    }
}
