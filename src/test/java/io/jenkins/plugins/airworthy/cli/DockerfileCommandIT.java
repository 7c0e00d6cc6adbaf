package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** A Dockerfile from the command line to the gate, with the real buildah. */
class DockerfileCommandIT {
    @TempDir
    Path folder;

    private final Session session = new Session();
    private RegistryServer registry;

    @BeforeEach
    void start() throws Exception {
        Path storage = Files.writeString(
                folder.resolve("storage.conf"),
                "[storage]\ndriver = \"vfs\"\ngraphroot = \"%s\"\nrunroot = \"%s\"\n"
                        .formatted(folder.resolve("store/root"), folder.resolve("store/run")));
        registry = RegistryServer.distribution(Files.createDirectory(folder.resolve("registry")));
        session.environment.put("CONTAINERS_STORAGE_CONF", storage.toString());
        session.environment.put("BUILDAH_ISOLATION", "chroot");
        session.environment.put("HOME", folder.toString());
        session.environment.put("PATH", System.getenv("PATH"));
        session.environment.put("AIRWORTHY_KEY_PASSWORD", "password");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Session.Ended succeed(String... arguments) {
        Session.Ended ended = session.run(arguments);
        assertThat(ended.status()).as(ended.err() + ended.out()).isZero();
        return ended;
    }

    @Test
    void buildsSignsAndPromotes() throws Exception {
        Path context = Files.createDirectory(folder.resolve("context"));
        Path file = Files.writeString(context.resolve("app.txt"), "the application");
        Path dockerfile = Files.writeString(
                context.resolve("Dockerfile"),
                "FROM " + registry.host() + "/base/files:1\nCOPY app.txt /app/\nUSER 65532\n");
        succeed("key", "generate", "--output", folder.resolve("build").toString());
        succeed("build", "--base", "scratch", "--file", file + ":/base.txt", "--to", registry.host() + "/base/files:1");
        Session.Ended built = succeed(
                "build",
                "--dockerfile",
                dockerfile.toString(),
                "--context",
                context.toString(),
                "--builder-path",
                Tool.require("buildah").executable().toString(),
                "--to",
                registry.host() + "/staging/app:1",
                "--key",
                folder.resolve("build.key").toString());
        assertThat(built.out())
                .contains("built    " + registry.host() + "/staging/app:1 at sha256:")
                .contains("  by buildah ")
                .contains("  on " + registry.host() + "/base/files:1 at sha256:");

        Path policy = Files.writeString(
                folder.resolve("policy.yaml"), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: dockerfiles}
                spec:
                  trust: {keys: [build], observed: build-agent}
                  images: [{from: "%s/staging/{app}", to: "%s/prod/{app}"}]
                  without:
                    - {rule: vulnerabilities, reason: nothing is scanned here}
                    - {rule: signature, reason: the provenance is signed}
                  checklist:
                    - provenance: {builders: ["https://plugins.jenkins.io/airworthy/builders/command-line"]}
                    - base: {allow: ["%s/base/**"]}
                    - user: {nonRoot: true}
                """.formatted(registry.host(), registry.host(), registry.host()));
        succeed(
                "promote",
                registry.host() + "/staging/app:1",
                registry.host() + "/prod/app:1",
                "--policy",
                policy.toString(),
                "--trust",
                "build=" + folder.resolve("build.pub"));
    }
}
