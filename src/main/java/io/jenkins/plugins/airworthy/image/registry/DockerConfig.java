package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Credentials as {@code docker login} keeps them in its {@code config.json}: a helper for this registry, a helper for
 * all, or the file itself, in that order. The file is read when a registry first demands a credential.
 */
public final class DockerConfig implements CredentialSource {
    /** The largest file that is read, in bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

    private final Path file;

    public DockerConfig(Path file) {
        this.file = file;
    }

    /** The file in {@code DOCKER_CONFIG}, else in the user's home. */
    public static DockerConfig ofThisUser() {
        String folder = System.getenv("DOCKER_CONFIG");
        return new DockerConfig(
                folder == null || folder.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".docker", "config.json")
                        : Path.of(folder, "config.json"));
    }

    @Override
    public Optional<Credential> find(String host) throws AirworthyException, InterruptedException {
        Optional<JsonObject> config = read();
        if (config.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> helper = helper(config.get(), host);
        if (helper.isPresent()) {
            Optional<Credential> kept = CredentialHelper.named(helper.get()).get(serverName(host));
            if (kept.isPresent()) {
                return kept;
            }
        }
        return inFile(config.get(), host);
    }

    private Optional<JsonObject> read() throws AirworthyException {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(StrictJson.parseObject(in.readNBytes(MAX_BYTES + 1), file.toString(), MAX_BYTES));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UndecidedException(
                    "could not read the registry credentials in " + file + "; check its permissions", e);
        }
    }

    private static Optional<String> helper(JsonObject config, String host) throws InvalidInputException {
        Optional<JsonObject> helpers = config.optionalObject("credHelpers");
        if (helpers.isPresent()) {
            for (String key : keys(host)) {
                Optional<String> own = helpers.get().optionalString(key);
                if (own.isPresent()) {
                    return own;
                }
            }
        }
        return config.optionalString("credsStore").filter(name -> !name.isEmpty());
    }

    private static Optional<Credential> inFile(JsonObject config, String host) throws InvalidInputException {
        Optional<JsonObject> auths = config.optionalObject("auths");
        if (auths.isEmpty()) {
            return Optional.empty();
        }
        for (String key : keys(host)) {
            Optional<JsonObject> entry = auths.get().optionalObject(key);
            if (entry.isPresent()) {
                Optional<Credential> found = credential(entry.get());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Credential> credential(JsonObject entry) throws InvalidInputException {
        Optional<String> identity = entry.optionalString("identitytoken").filter(text -> !text.isEmpty());
        if (identity.isPresent()) {
            return Optional.of(new Credential.IdentityToken(identity.get()));
        }
        Optional<String> auth = entry.optionalString("auth").filter(text -> !text.isEmpty());
        if (auth.isEmpty()) {
            return Optional.empty();
        }
        String pair = decode(entry, auth.get());
        int colon = pair.indexOf(':');
        if (colon < 1) {
            throw entry.error("auth", "expected user:password in base64");
        }
        return Optional.of(new Credential.Password(pair.substring(0, colon), pair.substring(colon + 1)));
    }

    private static String decode(JsonObject entry, String base64) throws InvalidInputException {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw entry.error("auth", "expected user:password in base64");
        }
    }

    /** The names under which docker and others keep the credential of a registry. */
    private static List<String> keys(String host) {
        return host.equals(DOCKER_HUB)
                ? List.of(DOCKER_HUB_KEY, "index.docker.io", DOCKER_HUB, "registry-1.docker.io")
                : List.of(
                        host,
                        "https://" + host,
                        "https://" + host + "/",
                        "http://" + host,
                        "https://" + host + "/v2/",
                        "https://" + host + "/v1/");
    }

    private static String serverName(String host) {
        return host.equals(DOCKER_HUB) ? DOCKER_HUB_KEY : host;
    }
}
