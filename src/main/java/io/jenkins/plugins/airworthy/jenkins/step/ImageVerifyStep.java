package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.io.Serializable;
import java.util.Optional;

/**
 * {@code imageVerify}: says whether an image passes a policy, item by item, and changes nothing. A refusal is an answer and does
 * not fail the build; an undecided verdict does.
 */
public final class ImageVerifyStep extends PolicyStep {
    public static final String TITLE = "Verify a container image against a policy";

    private String target = "";

    @DataBoundConstructor
    public ImageVerifyStep() {}

    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = GivenText.trimmed(target);
    }

    @Override
    protected Serializable work(StepEnvironment place) throws AirworthyException, InterruptedException {
        RunGate gate = new RunGate(place, getPolicy());
        Optional<String> to = GivenText.of(place.expand(target));
        Optional<ImageReference> toReference = to.isEmpty()
                ? Optional.empty()
                : Optional.of(AllowedLocations.current().target(to.get()));
        return VerdictValue.judged(
                gate.verify(gate.image(getImage()), toReference).verdict());
    }

    @Extension
    public static final class DescriptorImpl extends PolicyStepDescriptor {
        @Override
        public String getFunctionName() {
            return "imageVerify";
        }

        @Override
        public String getDisplayName() {
            return TITLE;
        }

        @Override
        public boolean needsWorkspace() {
            return false;
        }

        @POST
        public FormValidation doCheckTarget(@AncestorInPath Item item, @QueryParameter String value) {
            return GivenText.of(value).isEmpty() ? FormValidation.ok() : StepForm.checkTarget(item, value);
        }
    }
}
