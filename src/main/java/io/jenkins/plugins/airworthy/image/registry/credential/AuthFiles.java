package io.jenkins.plugins.airworthy.image.registry.credential;

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
        files.add(new AuthFile(docker(environment)));
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
    static AuthFile written(Map<String, String> environment) {
        if (named(environment, DOCKER).isEmpty()) {
            Optional<Path> chosen = named(environment, PODMAN);
            if (chosen.isPresent()) {
                return new AuthFile(chosen.get());
            }
            if (Files.notExists(docker(environment))) {
                Optional<AuthFile> podmans = podman(environment).stream()
                        .filter(file -> Files.exists(file.path()))
                        .findFirst();
                if (podmans.isPresent()) {
                    return podmans.get();
                }
            }
        }
        return new AuthFile(docker(environment));
    }

    private static Path docker(Map<String, String> environment) {
        return named(environment, DOCKER).orElse(home().resolve(".docker")).resolve(DOCKER_FILE);
    }

    private static List<AuthFile> podman(Map<String, String> environment) {
        List<AuthFile> files = new ArrayList<>();
        named(environment, "XDG_RUNTIME_DIR")
                .ifPresent(runtime -> files.add(new AuthFile(runtime.resolve(PODMAN_FILE))));
        files.add(new AuthFile(home().resolve(".config").resolve(PODMAN_FILE)));
        return files;
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"));
    }

    private static Optional<Path> named(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }
}
