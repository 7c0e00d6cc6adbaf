package io.jenkins.plugins.airworthy.build.dockerfile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment variables of a builder: those of this process by which its user configured the builder, and none of a job. The place
 * of credentials is not among them.
 */
final class BuilderEnvironment {
    private static final Set<String> KEPT = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "XDG_RUNTIME_DIR",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "ALL_PROXY",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "DOCKER_HOST",
            "DOCKER_TLS_VERIFY",
            "DOCKER_CERT_PATH",
            "DOCKER_API_VERSION",
            "SYSTEMROOT",
            "USERPROFILE",
            "LOCALAPPDATA",
            "PROGRAMDATA",
            "PROGRAMFILES");

    private static final List<String> PREFIXES =
            List.of("BUILDAH_", "BUILDKIT_", "BUILDX_", "STORAGE_", "CONTAINERS_", "_CONTAINERS_");

    private BuilderEnvironment() {}

    /** @param upper a name in upper case */
    static boolean isKept(String upper) {
        return KEPT.contains(upper) || PREFIXES.stream().anyMatch(upper::startsWith);
    }

    static Map<String, String> of(Map<String, String> variables) {
        Map<String, String> kept = new TreeMap<>();
        variables.forEach((name, value) -> {
            if (isKept(name.toUpperCase(java.util.Locale.ROOT))) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
