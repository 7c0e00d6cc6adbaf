package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.tools.Tool;
import io.jenkins.plugins.airworthy.tools.builder.BuildKitServer;
import org.junit.jupiter.api.AfterEach;

import java.util.Map;

/** With a BuildKit of the test's own. */
abstract class BuildKitCases extends DockerfileBuildCases {
    private BuildKitServer server;

    @Override
    void serving(String host) throws Exception {
        Tool.require("buildkitd");
        server = BuildKitServer.start(folder.resolve("buildkit"), host);
    }

    final String address() {
        return server.address();
    }

    @Override
    void forget() throws Exception {
        Tool.require("buildctl")
                .run(folder, Map.of("BUILDKIT_HOST", address()), "prune", "--all")
                .succeeded();
    }

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
    }
}
