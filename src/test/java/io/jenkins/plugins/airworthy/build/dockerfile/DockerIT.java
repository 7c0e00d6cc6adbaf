package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.tools.Tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * With what Docker does with the words "buildx …": it hands them to its plugin. A script does the same here, since the rest of Docker is
 * not needed for it.
 */
class DockerIT extends BuildxIT {
    @Override
    BuilderProgram program() {
        Path script = folder.resolve("docker");
        try {
            if (!Files.exists(script)) {
                Files.writeString(script, """
                        #!/bin/sh
                        [ "$1" = buildx ] || exit 99
                        shift
                        exec '%s' "$@"
                        """.formatted(Tool.require("buildx").executable()));
                Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new BuilderProgram(BuilderKind.DOCKER, script);
    }
}
