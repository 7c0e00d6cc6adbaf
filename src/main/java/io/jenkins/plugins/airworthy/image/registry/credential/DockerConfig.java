package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Credentials in the {@code config.json} of {@code docker login}, and in the same form of {@code podman login}: from a helper for
 * this registry, a helper for all, or the file itself, in that order. A malformed entry for the requested registry is an error. The
 * file is read when a registry first demands a credential, or says that something does not exist.
 */
public final class DockerConfig implements CredentialSource {
    private final Path file;
    private final Map<String, String> environment;

    public DockerConfig(Path file) {
        this(file, System.getenv());
    }

    /** @param environment with the search path for helpers and the variables that they need */
    DockerConfig(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads docker's file of this user, in {@code DOCKER_CONFIG} or the home, and then podman's: in {@code
     * REGISTRY_AUTH_FILE}, or in {@code containers/auth.json} below {@code XDG_RUNTIME_DIR} and below the home's
     * {@code .config} (containers-auth.json(5)).
     */
    public static CredentialSource ofThisUser(Map<String, String> environment) {
        List<DockerConfig> sources = AuthFiles.read(environment).stream()
                .map(file -> new DockerConfig(file.path(), environment))
                .toList();
        return host -> {
            for (DockerConfig source : sources) {
                Optional<Credential> found = source.find(host);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        };
    }

    @Override
    public Optional<Credential> find(String host) throws AirworthyException, InterruptedException {
        Optional<JsonObject> config = new AuthFile(file).read();
        if (config.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> helper = helper(config.get(), host);
        if (helper.isPresent()) {
            Optional<Credential> kept =
                    CredentialHelper.named(helper.get(), environment).get(RegistryNames.server(host));
            if (kept.isPresent()) {
                return kept;
            }
        }
        return inFile(config.get(), host);
    }

    /** Returns the helper for this registry, else the one for all; with the helper "", the file has the credential. */
    static Optional<String> helper(JsonObject config, String host) throws InvalidInputException {
        Optional<JsonObject> helpers = config.optionalObject("credHelpers");
        if (helpers.isPresent()) {
            for (String key : RegistryNames.keys(helpers.get(), host)) {
                Optional<String> own = helpers.get().optionalString(key);
                if (own.isPresent()) {
                    return own.filter(name -> !name.isEmpty());
                }
            }
        }
        return config.optionalString("credsStore").filter(name -> !name.isEmpty());
    }

    private static Optional<Credential> inFile(JsonObject config, String host) throws InvalidInputException {
        Optional<JsonObject> auths = config.optionalObject("auths");
        Optional<Credential> found = Optional.empty();
        String from = "";
        for (String key : auths.isEmpty() ? List.<String>of() : RegistryNames.keys(auths.get(), host)) {
            Optional<JsonObject> entry = auths.get().optionalObject(key);
            Optional<Credential> here = entry.isEmpty() ? Optional.empty() : DockerEntry.credential(entry.get(), key);
            if (found.isPresent() && here.isPresent() && !found.equals(here)) {
                throw auths.get()
                        .error(
                                key,
                                "is another credential for the same registry than '" + from + "'; keep one of them");
            }
            if (found.isEmpty() && here.isPresent()) {
                found = here;
                from = key;
            }
            if (found.isPresent() && key.equals(RegistryNames.server(host))) {
                return found; // an entry with exactly this name comes first
            }
        }
        return found;
    }
}
