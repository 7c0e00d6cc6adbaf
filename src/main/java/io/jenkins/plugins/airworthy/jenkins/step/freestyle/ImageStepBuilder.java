package io.jenkins.plugins.airworthy.jenkins.step.freestyle;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.airworthy.jenkins.run.place.LogProgress;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.step.ImageStep;
import io.jenkins.plugins.airworthy.jenkins.step.ImageStep.ImageStepDescriptor;
import io.jenkins.plugins.airworthy.jenkins.step.ImageStepExecution;
import jenkins.model.Jenkins;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A step in a freestyle job. It holds the pipeline step itself, so that there is one set of settings, one form and one set of help
 * texts for both. It is not a {@code SimpleBuildStep}: pipelines would offer it next to the step or instead of it, and a build
 * step does not know the branch of a pipeline that it is in.
 */
public abstract class ImageStepBuilder<S extends ImageStep> extends Builder {
    private final S step;

    protected ImageStepBuilder(S step) {
        this.step = step;
    }

    public final S getStep() {
        return step;
    }

    /** @return true: a step that does not do its work throws */
    @Override
    public final boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        FilePath workspace = build.getWorkspace();
        if (workspace == null) {
            throw new AbortException("no workspace for " + build + ": its agent is gone");
        }
        ImageStepExecution.perform(
                step,
                step.getDescriptor().getDisplayName(),
                new StepEnvironment(
                        build,
                        ParallelPath.NONE,
                        listener,
                        Optional.of(workspace),
                        build.getEnvironment(listener),
                        new LogProgress(listener, InstantSource.system())));
        return true;
    }

    /** Offers the step in every job that has a list of build steps, by the name and the form that the step has in a pipeline. */
    public abstract static class ImageStepBuilderDescriptor extends BuildStepDescriptor<Builder> {
        private final Class<? extends ImageStep> step;
        private final String title;

        protected ImageStepBuilderDescriptor(Class<? extends ImageStep> step, String title) {
            this.step = step;
            this.title = title;
        }

        /** For the form. Jenkins cannot determine it: a getter of a generic class has two return types. */
        public final ImageStepDescriptor getStepDescriptor() {
            return (ImageStepDescriptor) Jenkins.get().getDescriptorOrDie(step);
        }

        /** Uses no other descriptor: Jenkins sorts descriptors by their names while it is still loading them. */
        @Override
        public final String getDisplayName() {
            return title;
        }

        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public final boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
