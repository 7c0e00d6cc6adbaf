package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.agent.AdoptOnAgent;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.provenance.AdoptionWindow.AbsentBefore;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * {@code withImageAdopt}: a block around a program that builds and pushes an image, which is adopted at its end. More is known of such
 * an image than with {@code imageAdopt}: when the program ran, and whether its place was empty before. A pipeline's step has
 * a block always or never, so there are two.
 */
public final class WithImageAdoptStep extends Step {
    private static final String NAME = "withImageAdopt";

    private final String image;
    private final String digestFile;

    /**
     * @param image where the program is to push to: with a tag exactly there, without one to a path of the run's own below it
     * @param digestFile the file in the workspace into which the program writes the digest
     */
    @DataBoundConstructor
    public WithImageAdoptStep(String image, String digestFile) {
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
    public StepExecution start(StepContext context) {
        return new Execution(context, image, digestFile);
    }

    /**
     * The step at work: before the builder, chooses where the image goes and asks whether something is there; after
     * it, adopts what it pushed. If the block fails, nothing is adopted. A restart of the controller within the block does not end it.
     */
    private static final class Execution extends GeneralNonBlockingStepExecution {
        /** The variable that tells the builder where to push to. */
        static final String VARIABLE = "AIRWORTHY_IMAGE";

        private static final long serialVersionUID = 1;

        private final String image;
        private final String digestFile;
        private String pushTo = "";
        private long since;
        private AbsentBefore absentBefore = AbsentBefore.UNKNOWN;

        Execution(StepContext context, String image, String digestFile) {
            super(context);
            this.image = image;
            this.digestFile = digestFile;
        }

        @Override
        public boolean start() {
            run(this::open);
            return false;
        }

        private void open() throws Exception {
            StepContext context = getContext();
            ImageStepExecution.perform(context, NAME, this::prepare);
            // The pipeline itself keeps it, and ends it when the step is stopped.
            BodyExecution unused = context.newBodyInvoker()
                    .withContext(EnvironmentExpander.merge(
                            context.get(EnvironmentExpander.class),
                            EnvironmentExpander.constant(Map.of(VARIABLE, pushTo))))
                    .withCallback(new Closing())
                    .start();
        }

        private Serializable prepare(StepEnvironment place) throws AirworthyException, InterruptedException {
            AdoptOnAgent.Prepared prepared = new AdoptOnAgent(place, NAME).prepare(ImageAdoptStep.place(image));
            pushTo = prepared.pushTo().toString();
            absentBefore = prepared.absentBefore();
            since = System.currentTimeMillis();
            return null;
        }

        private Serializable adopt(StepEnvironment place) throws AirworthyException, InterruptedException {
            return BuiltImageValue.of(new AdoptOnAgent(place, NAME)
                    .adopt(ImageReference.parse(pushTo), digestFile, Instant.ofEpochMilli(since), absentBefore));
        }

        /** What comes after the block. */
        private final class Closing extends BodyExecutionCallback {
            private static final long serialVersionUID = 1;

            @Override
            public void onSuccess(StepContext context, Object result) {
                run(() -> context.onSuccess(ImageStepExecution.perform(context, NAME, Execution.this::adopt)));
            }

            @Override
            public void onFailure(StepContext context, Throwable failure) {
                context.onFailure(failure);
            }
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return NAME;
        }

        @Override
        public String getDisplayName() {
            return "Adopt the container image that a builder in this block pushes";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class, FilePath.class);
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @POST
        public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
            return StepForm.checkImage(item, value);
        }
    }
}
