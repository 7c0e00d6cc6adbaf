package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.tools.Tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** With buildx as a program of its own, which a person told about the BuildKit before. */
class BuildxIT extends BuildKitCases {
    @Override
    BuilderProgram program() {
        return new BuilderProgram(BuilderKind.BUILDX, Tool.require("buildx").executable());
    }

    @Override
    Map<String, String> variables() throws Exception {
        Path config = folder.resolve("docker-config");
        if (!Files.exists(config)) {
            Files.createDirectory(config);
            Tool.require("buildx")
                    .run(
                            folder,
                            Map.of("DOCKER_CONFIG", config.toString()),
                            "create",
                            "--use",
                            "--name",
                            "remote",
                            "--driver",
                            "remote",
                            address())
                    .succeeded();
        }
        return Map.of("DOCKER_CONFIG", config.toString());
    }
}
