package io.jenkins.plugins.airworthy.build.dockerfile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Writes the credentials of the registries that a build uses, and of no other, to a file that only this user may read. */
final class BuilderLogins {
    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

    private BuilderLogins() {}

    /** @param file in the form of Docker's {@code config.json} */
    static void write(Path file, Collection<RegistrySettings> registries)
            throws AirworthyException, InterruptedException {
        ObjectNode document = StrictJson.object();
        ObjectNode entries = document.putObject("auths");
        for (RegistrySettings registry : registries) {
            Optional<Credential> credential = registry.credentials().isPresent()
                    ? registry.credentials().get().find(registry.host())
                    : Optional.empty();
            if (credential.isPresent()) {
                for (String key : registry.host().equals(DOCKER_HUB)
                        ? List.of(DOCKER_HUB, DOCKER_HUB_KEY)
                        : List.of(registry.host())) {
                    entry(entries.putObject(key), credential.get());
                }
            }
        }
        try {
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            Files.createFile(
                    file,
                    posix
                            ? new FileAttribute<?>[] {
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                            }
                            : new FileAttribute<?>[0]);
            Files.write(file, StrictJson.write(document));
        } catch (IOException e) {
            throw new UndecidedException(
                    "the builder's file of credentials could not be written: check the free space", e);
        }
    }

    private static void entry(ObjectNode entry, Credential credential) {
        if (credential instanceof Credential.Password password) {
            byte[] pair = (password.user() + ":" + password.password()).getBytes(StandardCharsets.UTF_8);
            entry.put("auth", Base64.getEncoder().encodeToString(pair));
        } else if (credential instanceof Credential.IdentityToken token) {
            entry.put("identitytoken", token.token());
        } else if (credential instanceof Credential.RegistryToken token) {
            entry.put("registrytoken", token.token());
        }
    }
}
