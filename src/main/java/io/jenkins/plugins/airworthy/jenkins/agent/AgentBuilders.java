package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.build.dockerfile.BuilderKind;
import io.jenkins.plugins.airworthy.build.dockerfile.BuilderProgram;

import java.io.Serializable;
import java.util.List;

/**
 * Where an agent's builders are, and which one the job asks for.
 *
 * @param kind empty for the first that is found
 * @param paths what the administrator set up; empty to search PATH
 */
record AgentBuilders(String kind, List<String> paths) implements Serializable {
    AgentBuilders {
        paths = List.copyOf(paths);
    }

    /** On the agent: finds it, outside of the workspace. PATH is that of the agent's own process, not the job's. */
    BuilderProgram find(WorkspacePaths workspace) throws InvalidInputException {
        String path = System.getenv("PATH");
        return BuilderProgram.find(BuilderKind.parse(kind), paths, path == null ? "" : path, List.of(workspace.root()));
    }
}
