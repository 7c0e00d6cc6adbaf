package io.jenkins.plugins.airworthy.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code build --dockerfile} refuses before any builder is started. */
class DockerfileCommandTest {
    @TempDir
    Path folder;

    private final Session session = new Session();
    private Path dockerfile;

    @BeforeEach
    void write() throws Exception {
        dockerfile = Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\n");
        session.environment.put("PATH", folder.toString());
    }

    private Session.Ended build(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("build", "--dockerfile", dockerfile.toString(), "--to", "localhost:1/staging/app:1"));
        arguments.addAll(List.of(more));
        return session.run(arguments.toArray(String[]::new));
    }

    private static void assertRefused(Session.Ended ended, String why) {
        assertThat(ended.err()).contains(why);
        assertThat(ended.status()).isEqualTo(2);
    }

    @Test
    void tellsWhichBuildersItLookedFor() {
        assertRefused(
                build(), "no builder was found: looked for buildah, docker-buildx, buildx, buildctl, docker on PATH");
        assertRefused(
                build(
                        "--builder",
                        "buildah",
                        "--builder-path",
                        folder.resolve("none").toString()),
                "no builder was found: looked for buildah at " + folder.resolve("none"));
        assertRefused(build("--builder", "make"), "'make' is no builder");
    }

    @Test
    void refusesArgumentsOfABuildOfFiles() {
        assertRefused(build("--base", "scratch"), "--base is for a build of files");
        assertRefused(build("--file", "a:/a"), "--file is for a build of files");
        assertRefused(build("--entrypoint", "/a"), "--entrypoint is for a build of files");
    }

    @Test
    void refusesArgumentsOfADockerfileWithoutOne() {
        assertRefused(
                session.run("build", "--base", "scratch", "--target", "x", "--to", "oci:x:1"),
                "--target is for a Dockerfile, and none is named: add --dockerfile FILE");
        assertRefused(session.run("build", "--to", "oci:x:1"), "--base is missing");
    }

    @Test
    void refusesTargetsThatNoBuilderPushesTo() {
        assertRefused(
                session.run("build", "--dockerfile", dockerfile.toString(), "--to", "oci:x:1"), "is in no registry");
        assertRefused(
                session.run("build", "--dockerfile", dockerfile.toString(), "--to", "localhost:1/staging/app"),
                "has no tag");
    }

    @Test
    void showsNoValueOfABuildArgument() {
        session.environment.put("TOKEN", "s3cr3t");
        for (Session.Ended ended : List.of(
                build("--build-arg", "LD_PRELOAD=s3cr3t"),
                build("--build-arg", "a-b=s3cr3t"),
                build("--build-arg", "MISSING"),
                build("--build-arg", "TOKEN"))) {
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.err()).doesNotContain("s3cr3t");
        }
    }

    @Test
    void tellsTheLineOfWhatItCannotRead() throws Exception {
        Files.writeString(dockerfile, "FROM scratch\nONBUILD RUN x\n");
        assertRefused(build(), "Dockerfile, line 2: ONBUILD");
        Path link = Files.createSymbolicLink(folder.resolve("link"), dockerfile);
        dockerfile = link;
        assertRefused(build(), "is a link, expected a regular file");
    }
}
