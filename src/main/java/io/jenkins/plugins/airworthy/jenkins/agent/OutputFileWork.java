package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.build.adopt.OutputFile;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads what a builder wrote in the workspace. The answer contains digests and names of images, and nothing else of the file.
 *
 * @param sinceStart how long the build had been running when the work was sent: the agent's clock may differ
 */
record OutputFileWork(String workspace, String file, Duration sinceStart) implements AgentWork {

    @Override
    public ObjectNode run(Progress progress) throws AirworthyException, InterruptedException {
        Instant notBefore = Instant.now().minus(sinceStart).minus(TestFilesWork.GRAIN);
        Path path;
        try {
            path = WorkspacePaths.at(workspace).resolve(Path.of(file), "the builder's output");
        } catch (InvalidPathException e) {
            throw new InvalidInputException("'" + file + "' is not a valid path", e);
        }
        return new OutputFile(path, file).read(Optional.of(notBefore)).toJson();
    }
}
