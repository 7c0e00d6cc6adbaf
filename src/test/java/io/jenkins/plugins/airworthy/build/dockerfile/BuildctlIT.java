package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.tools.Tool;

import java.util.Map;

/** With BuildKit's own client. */
class BuildctlIT extends BuildKitCases {
    @Override
    BuilderProgram program() {
        return new BuilderProgram(BuilderKind.BUILDCTL, Tool.require("buildctl").executable());
    }

    @Override
    Map<String, String> variables() {
        return Map.of("BUILDKIT_HOST", address());
    }
}
