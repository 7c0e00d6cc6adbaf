package io.jenkins.plugins.airworthy.image.registry.credential;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps and removes the credential of a registry where Docker, Podman and this program look for it: with the credential helper that
 * a file names, else in the file.
 *
 * @param read the files that are searched, in this order
 * @param written the file that gets a new credential
 */
public record StoredCredentials(List<Path> read, Path written, Map<String, String> environment) {
    private static final String AUTHS = "auths";

    public StoredCredentials {
        read = List.copyOf(read);
        environment = Map.copyOf(environment);
    }

    /**
     * Where something was kept or removed.
     *
     * @param helper the helper that has it; if there is none, it is in the file
     */
    public record Place(Path file, Optional<String> helper) {}

    /** The files of this user. Refuses a user without a home who names no file. */
    public static StoredCredentials ofThisUser(Map<String, String> environment) throws InvalidInputException {
        return new StoredCredentials(
                AuthFiles.read(environment).stream().map(AuthFile::path).toList(),
                AuthFiles.written(environment).path(),
                environment);
    }

    /** Only this file. */
    public static StoredCredentials in(Path file, Map<String, String> environment) {
        return new StoredCredentials(List.of(file), file, environment);
    }

    /** Looks at the file that gets a new credential, refuses it if it cannot be changed, and says who else can read it. */
    public Optional<String> exposure() throws AirworthyException {
        AuthFile file = new AuthFile(written);
        Optional<JsonObject> document = file.read();
        if (document.isPresent()) {
            document.get().optionalObject(AUTHS);
        }
        return file.exposure();
    }

    /** Returns where the credential was kept. An older one of the same registry in the file is replaced. */
    public Place store(String host, Credential.Password credential) throws AirworthyException, InterruptedException {
        AuthFile file = new AuthFile(written);
        Optional<JsonObject> found = file.read();
        Optional<String> helper = found.isEmpty() ? Optional.empty() : DockerConfig.helper(found.get(), host);
        if (helper.isPresent()) {
            CredentialHelper.named(helper.get(), environment).store(RegistryNames.server(host), credential);
            file.change(document -> remove(document, host));
            return new Place(written, helper);
        }
        String pair = credential.user() + ":" + credential.password();
        String base64 = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        file.change(document -> {
            remove(document, host);
            auths(document).putObject(RegistryNames.server(host)).put("auth", base64);
            return true;
        });
        return new Place(written, Optional.empty());
    }

    /** Returns where a credential was removed; nowhere if there was no credential. */
    public List<Place> erase(String host) throws AirworthyException, InterruptedException {
        List<Place> places = new ArrayList<>();
        for (Path path : read) {
            AuthFile file = new AuthFile(path);
            Optional<JsonObject> found = file.read();
            if (found.isEmpty()) {
                continue;
            }
            Optional<String> helper = DockerConfig.helper(found.get(), host);
            if (helper.isPresent()
                    && CredentialHelper.named(helper.get(), environment).erase(RegistryNames.server(host))) {
                places.add(new Place(path, helper));
            }
            if (!wholeKeys(found.get(), host).isEmpty()) {
                file.change(document -> remove(document, host));
                places.add(new Place(path, Optional.empty()));
            }
        }
        return List.copyOf(places);
    }

    /** The first file that still has a credential for a registry, also one for a part of it. */
    public Optional<Path> stillIn(String host) throws AirworthyException, InterruptedException {
        for (Path path : read) {
            if (new DockerConfig(path, environment).find(host).isPresent()) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    /** The file that is read before the one that was written and has something else for the registry, if there is one. */
    public Optional<Path> firstWith(String host, Credential kept) throws AirworthyException, InterruptedException {
        for (Path path : read) {
            Optional<Credential> found = new DockerConfig(path, environment).find(host);
            if (found.isPresent()) {
                return found.filter(credential -> !credential.equals(kept)).map(other -> path);
            }
        }
        return Optional.empty();
    }

    private static List<String> wholeKeys(JsonObject document, String host) throws AirworthyException {
        Optional<JsonObject> auths = document.optionalObject(AUTHS);
        return auths.isEmpty() ? List.of() : RegistryNames.wholeKeys(auths.get(), host);
    }

    private static boolean remove(JsonObject document, String host) throws AirworthyException {
        List<String> keys = wholeKeys(document, host);
        if (!keys.isEmpty()) {
            auths(document).remove(keys);
        }
        return !keys.isEmpty();
    }

    private static ObjectNode auths(JsonObject document) throws AirworthyException {
        Optional<JsonObject> auths = document.optionalObject(AUTHS);
        if (auths.isPresent()) {
            return auths.get().node();
        }
        ObjectNode made = StrictJson.object();
        document.node().set(AUTHS, made);
        return made;
    }
}
