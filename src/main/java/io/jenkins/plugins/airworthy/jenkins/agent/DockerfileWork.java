package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.build.dockerfile.BuilderProgram;
import io.jenkins.plugins.airworthy.build.dockerfile.DockerfileFile;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Reads a Dockerfile of the workspace, once, and finds the builder: {@code {"dockerfile": base64}}. The controller finds the images in
 * it, and sends back what the builder is to build.
 */
record DockerfileWork(String workspace, String dockerfile, AgentBuilders builders) implements AgentWork {
    static final String DOCKERFILE = "dockerfile";

    @Override
    public ObjectNode run(Progress progress) throws AirworthyException, InterruptedException {
        WorkspacePaths paths = WorkspacePaths.at(workspace);
        BuilderProgram program = builders.find(paths);
        progress.say("The builder is " + program.path());
        byte[] bytes = DockerfileFile.read(paths.resolve(path(dockerfile), "the Dockerfile"), dockerfile);
        return StrictJson.object().put(DOCKERFILE, Base64.getEncoder().encodeToString(bytes));
    }

    static Path path(String text) throws InvalidInputException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidInputException("'" + text + "' is not a valid path", e);
        }
    }
}
