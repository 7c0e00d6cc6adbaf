package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.HomeFolder;
import io.jenkins.plugins.airworthy.InvalidInputException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a user in which Docker and Podman keep credentials. */
final class AuthFiles {
    private static final String DOCKER = "DOCKER_CONFIG";
    private static final String PODMAN = "REGISTRY_AUTH_FILE";
    private static final String DOCKER_FILE = "config.json";
    private static final String PODMAN_FILE = "containers/auth.json";

    private AuthFiles() {}

    /** In the order in which they are asked for a credential. */
    static List<AuthFile> read(Map<String, String> environment) {
        List<AuthFile> files = new ArrayList<>();
        docker(environment).ifPresent(file -> files.add(new AuthFile(file)));
        Optional<Path> chosen = named(environment, PODMAN);
        if (chosen.isPresent()) {
            files.add(new AuthFile(chosen.get()));
        } else {
            files.addAll(podman(environment));
        }
        return List.copyOf(files);
    }

    /**
     * The one in which a new credential is kept: the one that a variable names, Docker's before Podman's; else Docker's if it is
     * there, else Podman's if that is there, else a new one of Docker's.
     */
    static AuthFile written(Map<String, String> environment) throws InvalidInputException {
        Optional<Path> docker = docker(environment);
        if (named(environment, DOCKER).isEmpty()) {
            Optional<Path> chosen = named(environment, PODMAN);
            if (chosen.isPresent()) {
                return new AuthFile(chosen.get());
            }
            if (docker.isEmpty() || Files.notExists(docker.get())) {
                Optional<AuthFile> podmans = podman(environment).stream()
                        .filter(file -> Files.exists(file.path()))
                        .findFirst();
                if (podmans.isPresent()) {
                    return podmans.get();
                }
            }
        }
        return new AuthFile(docker.isPresent() ? docker.get() : dockersIn(HomeFolder.required(environment, DOCKER)));
    }

    private static Optional<Path> docker(Map<String, String> environment) {
        return named(environment, DOCKER)
                .map(folder -> folder.resolve(DOCKER_FILE))
                .or(() -> HomeFolder.of(environment).map(AuthFiles::dockersIn));
    }

    private static Path dockersIn(Path home) {
        return home.resolve(".docker").resolve(DOCKER_FILE);
    }

    private static List<AuthFile> podman(Map<String, String> environment) {
        List<AuthFile> files = new ArrayList<>();
        HomeFolder.absolute(environment.get("XDG_RUNTIME_DIR"))
                .ifPresent(runtime -> files.add(new AuthFile(runtime.resolve(PODMAN_FILE))));
        HomeFolder.of(environment)
                .ifPresent(
                        home -> files.add(new AuthFile(home.resolve(".config").resolve(PODMAN_FILE))));
        return files;
    }

    /** As other programs take it, from the current folder if it is relative; messages say which place that is. */
    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(text -> Path.of(text).toAbsolutePath());
    }
}
