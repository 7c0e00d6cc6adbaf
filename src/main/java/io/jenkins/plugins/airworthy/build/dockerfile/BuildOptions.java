package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a job may tell a builder besides the Dockerfile. Refuses build arguments whose names mean something to the builder itself, since
 * their values are handed over as its environment variables. Values are never shown.
 *
 * @param target the stage to build; empty for the last
 * @param platforms as {@code OS/ARCH}; empty for the builder's own
 * @param arguments build arguments by their names
 * @param cacheFrom repositories with layers that may be used again, without tags
 * @param cacheTo repositories for such layers
 */
public record BuildOptions(
        String target,
        List<String> platforms,
        Map<String, String> arguments,
        List<String> cacheFrom,
        List<String> cacheTo)
        implements Serializable {
    private static final int MAX_ARGUMENTS = 100;
    private static final int MAX_VALUE = 32_768;
    private static final int MAX_PLATFORMS = 32;
    private static final int MAX_CACHES = 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9_.-]{0,127}");
    private static final Set<String> RUNTIME = Set.of(
            "GODEBUG",
            "GOMAXPROCS",
            "GOGC",
            "GOMEMLIMIT",
            "GOTRACEBACK",
            "GOCOVERDIR",
            "IFS",
            "ENV",
            "BASH_ENV",
            "SHELL",
            "TMP",
            "TEMP",
            "GNUPGHOME",
            "HOSTALIASES",
            "LOCALDOMAIN",
            "RES_OPTIONS",
            "RESOLV_HOST_CONF",
            "NIS_PATH",
            "NLSPATH",
            "TZDIR",
            "HOSTNAME",
            "PWD");
    private static final List<String> PREFIXES = List.of(
            "LD_",
            "DYLD_",
            "GLIBC_",
            "MALLOC_",
            "GCONV_",
            "BUILDKIT_",
            "EXPERIMENTAL_",
            "DOCKER_",
            "COMPOSE_",
            "REGISTRY_",
            "REGISTRIES_",
            "CONTAINER_",
            "_",
            "KUBE",
            "OTEL_",
            "GIT_",
            "SSH_",
            "DBUS_",
            "AWS_",
            "AZURE_",
            "GOOGLE_",
            "CLOUDSDK_",
            "ACTIONS_",
            "XDG_",
            "GPG");

    public BuildOptions {
        platforms = List.copyOf(platforms);
        arguments = new LinkedHashMap<>(arguments);
        cacheFrom = List.copyOf(cacheFrom);
        cacheTo = List.copyOf(cacheTo);
    }

    /**
     * Reads them as a person wrote them.
     *
     * @param arguments each {@code NAME=VALUE}
     */
    public static BuildOptions of(
            String target,
            List<String> platforms,
            List<String> arguments,
            List<String> cacheFrom,
            List<String> cacheTo,
            RegistryReference to)
            throws InvalidInputException {
        if (!target.isEmpty() && !STAGE.matcher(target).matches()) {
            throw new InvalidInputException("'" + target + "' is not the name of a stage");
        }
        if (platforms.size() > MAX_PLATFORMS || arguments.size() > MAX_ARGUMENTS) {
            throw new InvalidInputException(
                    "at most " + MAX_PLATFORMS + " platforms and " + MAX_ARGUMENTS + " build arguments are allowed");
        }
        List<String> wanted = new ArrayList<>();
        for (String platform : platforms) {
            wanted.add(Platform.parse(platform).toString());
        }
        return new BuildOptions(target, wanted, named(arguments), caches(cacheFrom, to), caches(cacheTo, to));
    }

    private static Map<String, String> named(List<String> arguments) throws InvalidInputException {
        Map<String, String> named = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2 || !NAME.matcher(parts[0]).matches()) {
                throw new InvalidInputException(
                        "a build argument is not NAME=VALUE (its text is not shown): the name has"
                                + " letters, digits and '_'");
            }
            String upper = parts[0].toUpperCase(Locale.ROOT);
            if (BuilderEnvironment.isKept(upper)
                    || RUNTIME.contains(upper)
                    || PREFIXES.stream().anyMatch(upper::startsWith)) {
                throw new InvalidInputException("the build argument '" + parts[0]
                        + "' has the name of a variable of the builder itself: give it another name");
            }
            if (parts[1].length() > MAX_VALUE || parts[1].indexOf('\0') >= 0) {
                throw new InvalidInputException("the value of the build argument '" + parts[0] + "' has more than "
                        + MAX_VALUE + " characters, or a NUL");
            }
            if (named.put(parts[0], parts[1]) != null) {
                throw new InvalidInputException("the build argument '" + parts[0] + "' is given twice");
            }
        }
        return named;
    }

    /** Only beside the image: whoever can write there can write the image, too. */
    private static List<String> caches(List<String> references, RegistryReference to) throws InvalidInputException {
        if (references.size() > MAX_CACHES) {
            throw new InvalidInputException("at most " + MAX_CACHES + " caches are allowed");
        }
        List<String> caches = new ArrayList<>();
        for (String text : references) {
            if (!(ImageReference.parse(text) instanceof RegistryReference cache)
                    || cache.tag().isPresent()
                    || cache.digest().isPresent()) {
                throw new InvalidInputException("the cache '" + text + "' is not a repository: name it without a tag");
            }
            if (!cache.host().equals(to.host())) {
                throw new InvalidInputException("the cache '" + text + "' is in another registry than the image: name a"
                        + " repository in " + to.host());
            }
            caches.add(cache.toString());
        }
        return caches;
    }

    /** Leaves out the values of arguments. */
    @Override
    public String toString() {
        return "options with the build arguments " + arguments.keySet();
    }
}
