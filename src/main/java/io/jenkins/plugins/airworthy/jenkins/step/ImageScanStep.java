package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

import java.io.IOException;
import java.io.Serializable;

/**
 * {@code imageScan}: looks for vulnerabilities, secrets, misconfigurations and licences with Trivy, on a trusted agent where there
 * is one, else on the build's own. What it finds decides nothing here: a policy does that from the signed statements.
 */
public final class ImageScanStep extends ImageStep {
    static final String TITLE = "Scan a container image";

    private String image = "";

    @DataBoundConstructor
    public ImageScanStep() {}

    public String getImage() {
        return image;
    }

    /** Digest or reference of an image of this run, or a reference to another; none means the one that this run built last. */
    @DataBoundSetter
    public void setImage(String image) {
        this.image = GivenText.trimmed(image);
    }

    @Override
    protected Serializable work(StepPlace place) throws AirworthyException, IOException, InterruptedException {
        throw new InvalidInputException("scanning is not possible yet");
    }

    @Extension
    public static final class DescriptorImpl extends ImageStepDescriptor {
        @Override
        public String getFunctionName() {
            return "imageScan";
        }

        @Override
        public String getDisplayName() {
            return TITLE;
        }

        /** A trusted agent needs none, and where there is none the work itself asks for a node. */
        @Override
        public boolean needsWorkspace() {
            return false;
        }
    }
}
