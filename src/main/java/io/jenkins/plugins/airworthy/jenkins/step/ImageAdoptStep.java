package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.agent.AdoptOnAgent;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.provenance.AdoptionWindow.AbsentBefore;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;

/**
 * {@code imageAdopt}: takes an image that another program built and pushed in this run, such as docker buildx, buildah, kaniko or
 * Jib, as an image of this run. The digest comes from the file that the program wrote. {@link WithImageAdoptStep} does the same
 * around the program.
 */
public final class ImageAdoptStep extends ImageStep {
    public static final String TITLE = "Adopt a container image of another builder";

    private static final String NAME = "imageAdopt";

    private final String image;
    private final String digestFile;

    /**
     * @param image where the program pushed to; a tag must point at what it pushed
     * @param digestFile the file in the workspace into which the program wrote the digest
     */
    @DataBoundConstructor
    public ImageAdoptStep(String image, String digestFile) {
        this.image = GivenText.trimmed(image);
        this.digestFile = GivenText.trimmed(digestFile);
    }

    public String getImage() {
        return image;
    }

    public String getDigestFile() {
        return digestFile;
    }

    @Override
    protected Serializable work(StepEnvironment place) throws AirworthyException, IOException, InterruptedException {
        return BuiltImageValue.of(new AdoptOnAgent(place, NAME)
                .adopt(
                        place(place.expand(image)),
                        place.expand(digestFile),
                        Instant.ofEpochMilli(place.run().getStartTimeInMillis()),
                        AbsentBefore.UNKNOWN));
    }

    /** Where the program pushes to. */
    static ImageReference place(String image) throws InvalidInputException {
        if (image.isEmpty()) {
            throw new InvalidInputException("image is missing: name where the builder pushes to");
        }
        return ImageReference.parse(image);
    }

    @Extension
    public static final class DescriptorImpl extends ImageStepDescriptor {
        @Override
        public String getFunctionName() {
            return NAME;
        }

        @Override
        public String getDisplayName() {
            return TITLE;
        }

        @Override
        public boolean needsWorkspace() {
            return true;
        }

        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkImage(item, value);
        }
    }
}
