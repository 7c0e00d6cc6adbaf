package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.build.dockerfile.BuildPlan;
import io.jenkins.plugins.airworthy.build.dockerfile.BuilderProgram;
import io.jenkins.plugins.airworthy.build.dockerfile.BuilderSession;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.jenkins.config.AgentRegistries;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets a builder build what the controller planned:
 * {@code {"output": …, "builder": "buildah", "version": "1.28.2"}}. Files of the workspace are only its context.
 *
 * @param context in the workspace; empty for the workspace itself
 */
record DockerfileBuildWork(
        String workspace, String context, BuildPlan plan, AgentBuilders builders, AgentRegistries registries)
        implements AgentWork {
    static final String OUTPUT = "output";
    static final String BUILDER = "builder";
    static final String VERSION = "version";

    @Override
    public ObjectNode run(Progress progress) throws AirworthyException, InterruptedException {
        WorkspacePaths paths = WorkspacePaths.at(workspace);
        Path folder = paths.resolveFully(DockerfileWork.path(context), "the context of the Dockerfile");
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("the context '" + context + "' is no folder in the workspace");
        }
        BuilderProgram program = builders.find(paths);
        BuilderSession.Built built =
                BuilderSession.build(program, plan, folder, registries.stores(), System.getenv(), progress);
        ObjectNode answer = StrictJson.object();
        answer.set(OUTPUT, built.output().toJson());
        return answer.put(BUILDER, program.kind().toString()).put(VERSION, built.version());
    }
}
