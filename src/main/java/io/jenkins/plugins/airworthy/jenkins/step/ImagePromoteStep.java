package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.io.IOException;
import java.io.Serializable;

/**
 * {@code imagePromote}: the gate. Copies an image with the evidence that decided to its target if it passes the policy; otherwise
 * writes nothing there, and fails the build with all reasons unless it is set to return them.
 */
public final class ImagePromoteStep extends PolicyStep {
    public static final String TITLE = "Promote a container image if it passes a policy";

    private final String to;
    // Absent in a stored job means true: Jenkins reads a step without running this class's initialisers.
    private Boolean failOnRefusal = true;

    @DataBoundConstructor
    public ImagePromoteStep(String to) {
        this.to = GivenText.trimmed(to);
    }

    public String getTo() {
        return to;
    }

    public boolean isFailOnRefusal() {
        return !Boolean.FALSE.equals(failOnRefusal);
    }

    @DataBoundSetter
    public void setFailOnRefusal(boolean failOnRefusal) {
        this.failOnRefusal = failOnRefusal;
    }

    @Override
    protected Serializable work(StepEnvironment place) throws AirworthyException, IOException, InterruptedException {
        ImageReference target = AllowedLocations.current().target(place.expand(to));
        RunGate gate = new RunGate(place, getPolicy());
        ImageReference asked = gate.image(getImage());
        Promotion promotion = gate.promote(asked, target);
        if (promotion instanceof Promotion.Promoted promoted) {
            return VerdictValue.promoted(promoted);
        }
        VerdictValue refused = VerdictValue.refused((Promotion.Refused) promotion);
        if (isFailOnRefusal()) {
            String advice = gate.advice(asked).map(text -> "\n  " + text).orElse("");
            throw new AbortException(refused.refusal() + advice);
        }
        place.progress()
                .say("refused: nothing was written to " + target
                        + ", and the build goes on, since failOnRefusal is false");
        return refused;
    }

    @Extension
    public static final class DescriptorImpl extends PolicyStepDescriptor {
        @Override
        public String getFunctionName() {
            return "imagePromote";
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
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkTarget(item, value);
        }
    }
}
