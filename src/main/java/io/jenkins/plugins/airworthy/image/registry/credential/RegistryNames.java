package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How Docker's and Podman's files and the credential helpers name a registry. */
public final class RegistryNames {
    private static final String DOCKER_HUB = "docker.io";
    private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";
    private static final Set<String> DOCKER_HUB_NAMES = Set.of("index.docker.io", DOCKER_HUB, "registry-1.docker.io");

    /** The paths of whole registries; an entry with another path can be that of a namespace. */
    private static final Set<String> API_PATHS = Set.of("", "v1", "v2");

    private RegistryNames() {}

    /** The host, as in references, of a registry that a person named: a scheme and the path of the API may stand there too. */
    public static String host(String typed) throws InvalidInputException {
        refuseUser(typed);
        if (typed.regionMatches(true, 0, "http://", 0, "http://".length())) {
            throw new InvalidInputException(
                    "'" + typed + "': name the registry without http://, and allow it with --plain-http");
        }
        String[] parts = typed.replaceFirst("^(?i)https://", "").split("/", 2);
        if (parts.length == 2 && !API_PATHS.contains(parts[1].replaceFirst("/$", ""))) {
            throw new InvalidInputException(
                    "'" + typed + "': expected a registry, such as registry.example.com, without the name of an image");
        }
        String host = parts[0].toLowerCase(Locale.ROOT);
        return DOCKER_HUB_NAMES.contains(host) ? DOCKER_HUB : host;
    }

    /** What is before an at sign can be a password, and is not shown. */
    public static void refuseUser(String typed) throws InvalidInputException {
        int at = typed.lastIndexOf('@');
        if (at >= 0) {
            throw new InvalidInputException(
                    "'" + typed.substring(at + 1) + "' has text with '@' before it, which is not"
                            + " shown: a registry's name has no user and no password. To log in, use 'airworthy login' with"
                            + " --username, and change a password that you wrote there");
        }
    }

    /** The name that Docker and the helpers use. */
    static String server(String host) {
        return host.equals(DOCKER_HUB) ? DOCKER_HUB_KEY : host;
    }

    /** Returns every name in an object that Docker treats as this registry's: with any scheme and any path; its own name first. */
    static List<String> keys(JsonObject named, String host) {
        Set<String> names = host.equals(DOCKER_HUB) ? DOCKER_HUB_NAMES : Set.of(host);
        List<String> keys = new ArrayList<>();
        named.node().fieldNames().forEachRemaining(key -> {
            if (names.contains(bare(key).split("/", 2)[0].toLowerCase(Locale.ROOT))) {
                keys.add(key);
            }
        });
        keys.sort(Comparator.comparing((String key) -> !key.equals(server(host)))
                .thenComparing(Comparator.naturalOrder()));
        return List.copyOf(keys);
    }

    /** Of these, the names of the whole registry: without {@code registry.example.com/team}, which is a namespace of Podman's. */
    static List<String> wholeKeys(JsonObject named, String host) {
        return keys(named, host).stream()
                .filter(key -> API_PATHS.contains(
                        bare(key).replaceFirst("^[^/]*/?", "").replaceFirst("/$", "")))
                .toList();
    }

    private static String bare(String key) {
        return key.replaceFirst("^https?://", "");
    }
}
