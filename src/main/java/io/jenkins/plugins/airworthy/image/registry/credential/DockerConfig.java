package io.jenkins.plugins.airworthy.image.registry.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Credentials in the {@code config.json} of {@code docker login}, and in the same form of {@code podman login}: from a helper for
 * this registry, a helper for all, or the file itself, in that order. A malformed entry for the requested registry is an error. The
 * file is read when a registry first demands a credential, or says that something does not exist.
 */
public final class DockerConfig implements CredentialSource {
    /** Maximum size of the file, in bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final Set<String> MEMBERS = Set.of("auths", "credHelpers", "credsStore");
    private static final String PODMAN_FILE = "containers/auth.json";
    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";
    private static final Set<String> DOCKER_HUB_NAMES = Set.of("index.docker.io", DOCKER_HUB, "registry-1.docker.io");

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
        Path home = Path.of(System.getProperty("user.home"));
        List<Path> files = new ArrayList<>();
        files.add(folder(environment, "DOCKER_CONFIG")
                .orElse(home.resolve(".docker"))
                .resolve("config.json"));
        Optional<Path> chosen = folder(environment, "REGISTRY_AUTH_FILE");
        if (chosen.isPresent()) {
            files.add(chosen.get());
        } else {
            folder(environment, "XDG_RUNTIME_DIR").ifPresent(runtime -> files.add(runtime.resolve(PODMAN_FILE)));
            files.add(home.resolve(".config").resolve(PODMAN_FILE));
        }
        List<DockerConfig> sources =
                files.stream().map(file -> new DockerConfig(file, environment)).toList();
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

    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    @Override
    public Optional<Credential> find(String host) throws AirworthyException, InterruptedException {
        Optional<JsonObject> config = read();
        if (config.isEmpty()) {
            return Optional.empty();
        }
        config.get().refuseLookalikes(MEMBERS);
        Optional<String> helper = helper(config.get(), host);
        if (helper.isPresent()) {
            Optional<Credential> kept =
                    CredentialHelper.named(helper.get(), environment).get(serverName(host));
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

    /** Returns the helper for this registry, else the one for all; with the helper "", the file has the credential. */
    private static Optional<String> helper(JsonObject config, String host) throws InvalidInputException {
        Optional<JsonObject> helpers = config.optionalObject("credHelpers");
        if (helpers.isPresent()) {
            for (String key : keys(helpers.get(), host)) {
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
        for (String key : auths.isEmpty() ? List.<String>of() : keys(auths.get(), host)) {
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
            if (found.isPresent() && key.equals(serverName(host))) {
                return found; // an entry with exactly this name comes first
            }
        }
        return found;
    }

    /** Returns every name in the file that docker treats as this registry's: with any scheme and any path. */
    private static List<String> keys(JsonObject named, String host) {
        Set<String> names = host.equals(DOCKER_HUB) ? DOCKER_HUB_NAMES : Set.of(host);
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : named.node().properties()) {
            String bare = member.getKey().replaceFirst("^https?://", "").split("/", 2)[0];
            if (names.contains(bare.toLowerCase(Locale.ROOT))) {
                keys.add(member.getKey());
            }
        }
        keys.sort(Comparator.comparing((String key) -> !key.equals(serverName(host)))
                .thenComparing(Comparator.naturalOrder()));
        return List.copyOf(keys);
    }

    private static String serverName(String host) {
        return host.equals(DOCKER_HUB) ? DOCKER_HUB_KEY : host;
    }
}
