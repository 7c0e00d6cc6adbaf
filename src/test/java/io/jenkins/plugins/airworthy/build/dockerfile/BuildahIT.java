package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.tools.Tool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** With buildah, in a storage of its own. */
class BuildahIT extends DockerfileBuildCases {
    @Override
    BuilderProgram program() {
        return new BuilderProgram(BuilderKind.BUILDAH, Tool.require("buildah").executable());
    }

    @Override
    Map<String, String> variables() throws Exception {
        Path configuration = Files.writeString(folder.resolve("storage.conf"), """
                [storage]
                driver = "vfs"
                graphroot = "%s"
                runroot = "%s"
                """.formatted(
                        folder.resolve("store/root"), folder.resolve("store/run")));
        return Map.of("CONTAINERS_STORAGE_CONF", configuration.toString(), "BUILDAH_ISOLATION", "chroot");
    }

    @Override
    void forget() throws Exception {
        Tool.require("buildah")
                .run(folder, variables(), "rmi", "--all", "--force")
                .succeeded();
    }
}
