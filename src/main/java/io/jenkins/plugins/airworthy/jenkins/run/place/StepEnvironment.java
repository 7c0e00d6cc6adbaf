package io.jenkins.plugins.airworthy.jenkins.run.place;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;

import java.util.List;
import java.util.Optional;

/**
 * The environment of a step: the run, its log, and, for steps within a node, the workspace there.
 *
 * @param path the branches of the pipeline around the step
 * @param env the variables of the build, for steps that expand them; jobs cannot use them to decide where a tool is found
 */
public record StepEnvironment(
        Run<?, ?> run,
        ParallelPath path,
        TaskListener listener,
        Optional<FilePath> workspace,
        EnvVars env,
        Progress progress) {

    /** A text of a job's settings with its variables filled in. A pipeline's script has done that itself. */
    public String expand(String text) {
        String given = text == null ? "" : text.trim();
        return run instanceof AbstractBuild ? env.expand(given) : given;
    }

    /** The same for each of several. */
    public List<String> expand(List<String> texts) {
        return texts == null ? List.of() : texts.stream().map(this::expand).toList();
    }

    /** The workspace, or an error that says how to get one. */
    public FilePath workspaceFor(String step) throws InvalidInputException {
        return workspace.orElseThrow(() -> new InvalidInputException(
                step + " needs a workspace: put it inside `node { … }`, or give the declarative pipeline an `agent`"));
    }
}
