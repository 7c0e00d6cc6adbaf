package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Log-ins that skopeo and crane read, and log-ins of skopeo that are read here, at a docker-registry with passwords. */
class LoginIT {
    private static final String PASSWORD = "pa:ss w\u00f6rd";

    @TempDir
    Path folder;

    private final Session session = new Session();
    private RegistryServer registry;
    private Path docker;

    @BeforeEach
    void start() throws Exception {
        String line = Tool.require("htpasswd")
                .run(folder, Map.of(), "-nbB", "alice", PASSWORD)
                .succeeded()
                .out();
        Path passwords = Files.writeString(folder.resolve("htpasswd"), line);
        registry = RegistryServer.distribution(
                folder, "auth: {htpasswd: {realm: registry, path: '%s'}}".formatted(passwords));
        docker = folder.resolve(".docker");
        session.environment.put("DOCKER_CONFIG", docker.toString());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Session.Ended login(String password) {
        session.in = new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8));
        return session.run("login", registry.host(), "--username", "alice", "--password-stdin");
    }

    private Session.Ended push() throws Exception {
        Path file = Files.writeString(folder.resolve("app.txt"), "app");
        return session.run(
                "build", "--base", "scratch", "--file", file + ":/app.txt", "--to", registry.host() + "/team/app:1");
    }

    private Tool.Outcome tags() throws Exception {
        return Tool.require("skopeo")
                .run(
                        folder,
                        Map.of("HOME", folder.toString()),
                        "list-tags",
                        "--tls-verify=false",
                        "docker://" + registry.host() + "/team/app");
    }

    @Test
    void aLogInIsReadByTheProductBySkopeoAndByCrane() throws Exception {
        assertThat(push().err()).contains("airworthy login " + registry.host() + " --username NAME'");
        assertThat(login("wrong").status()).isEqualTo(2);
        assertThat(docker).doesNotExist();

        Session.Ended ended = login(PASSWORD);

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(push().status()).isZero();
        assertThat(tags().succeeded().out()).contains("\"1\"");
        assertThat(Tool.require("crane")
                        .run(
                                folder,
                                Map.of("DOCKER_CONFIG", docker.toString()),
                                "ls",
                                "--insecure",
                                registry.host() + "/team/app")
                        .succeeded()
                        .out())
                .contains("1");

        assertThat(session.run("logout", registry.host()).status()).isZero();
        assertThat(push().err()).contains("401");
    }

    @Test
    void aLogInOfSkopeoIsReadAndRemoved() throws Exception {
        Path auth = folder.resolve("auth.json");
        session.environment.remove("DOCKER_CONFIG");
        session.environment.put("REGISTRY_AUTH_FILE", auth.toString());
        Tool.require("skopeo")
                .run(
                        folder,
                        Map.of("HOME", folder.toString()),
                        "login",
                        "--tls-verify=false",
                        "--authfile=" + auth,
                        "--username=alice",
                        "--password=" + PASSWORD,
                        registry.host())
                .succeeded();

        assertThat(push().status()).isZero();
        assertThat(session.run("logout", registry.host()).out()).contains("removed from " + auth);
        assertThat(push().err()).contains("401");
        assertThat(auth).content().doesNotContain(registry.host());

        assertThat(login(PASSWORD).out()).contains("kept in " + auth);
        assertThat(Tool.require("skopeo")
                        .run(
                                folder,
                                Map.of("HOME", folder.toString()),
                                "login",
                                "--authfile=" + auth,
                                "--get-login",
                                registry.host())
                        .succeeded()
                        .out())
                .contains("alice");
        assertThat(push().status()).isZero();
    }
}
