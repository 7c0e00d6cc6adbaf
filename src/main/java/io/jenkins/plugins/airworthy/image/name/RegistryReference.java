package io.jenkins.plugins.airworthy.image.name;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An image in a registry.
 *
 * @param host name or address, with a port if it was written: {@code registry.example.com:5000}
 * @param path the repository in the registry: {@code team/app}
 */
public record RegistryReference(String host, String path, Optional<String> tag, Optional<Digest> digest)
        implements ImageReference {
    private static final Pattern HOST = Pattern.compile(
            "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*|\\[[0-9a-f:]{2,39}])(?::[1-9][0-9]{0,4})?");
    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
    /** Addresses as one number, in hexadecimal or with leading zeros: resolvers differ about where they lead. */
    private static final Pattern OTHER_NUMBERS =
            Pattern.compile("^(?:[0-9]+|0x[0-9a-f]*|[0-9.]*(?<![0-9])0[0-9]+[0-9.]*)(?::|$)");

    /** Docker Hub goes by several names, and its own images are written without their {@code library/}. */
    private static final String DOCKER_HUB = "docker.io";

    private static final Set<String> DOCKER_HUB_NAMES = Set.of("index.docker.io", "registry-1.docker.io");

    private static final int MAX_NAME_LENGTH = 255;
    private static final int MAX_PORT = 65_535;

    public RegistryReference {
        if (!isRepository(host, path)) {
            throw new IllegalArgumentException("not a registry's repository");
        }
        if (tag.isPresent() && !ImageReference.TAG.matcher(tag.get()).matches()) {
            throw new IllegalArgumentException("not a tag");
        }
    }

    static RegistryReference parse(String text) throws InvalidInputException {
        String rest = text;
        Optional<Digest> digest = Optional.empty();
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(digestOf(rest, at));
            rest = rest.substring(0, at);
        }
        Optional<String> tag = Optional.empty();
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/') && rest.indexOf('/') >= 0) {
            tag = Optional.of(ImageReference.requireTag(rest.substring(colon + 1), text));
            rest = rest.substring(0, colon);
        }
        int slash = rest.indexOf('/');
        String host = slash < 0 ? rest : rest.substring(0, slash);
        host = DOCKER_HUB_NAMES.contains(host) ? DOCKER_HUB : host;
        if (slash < 0 || !looksLikeHost(host)) {
            throw new InvalidInputException(
                    "'" + text
                            + "' does not name its registry: write for example docker.io/library/alpine:3.20, or oci:folder:tag");
        }
        String path = rest.substring(slash + 1);
        if (host.equals(DOCKER_HUB) && path.indexOf('/') < 0) {
            path = "library/" + path;
        }
        if (host.length() + path.length() >= MAX_NAME_LENGTH) {
            throw new InvalidInputException("'" + host + "/" + path + "' has " + (host.length() + path.length() + 1)
                    + " characters; a registry and a repository together have at most " + MAX_NAME_LENGTH);
        }
        if (!isRepository(host, path)) {
            throw new InvalidInputException(
                    "'" + text + "' is not an image reference: expected host[:port]/path[:tag][@digest]"
                            + " with lower-case letters, digits and single separators");
        }
        return new RegistryReference(host, path, tag, digest);
    }

    /** What is before an at sign can be a password, and so can a part of what follows: neither is shown. */
    private static Digest digestOf(String text, int at) throws InvalidInputException {
        String given = text.substring(at + 1);
        if (given.startsWith("sha256:") && given.indexOf('@') < 0) {
            return Digest.parse(given);
        }
        throw new InvalidInputException("'" + given.substring(given.lastIndexOf('@') + 1)
                + "' is not a digest: expected sha256: and 64 lower-case hexadecimal digits. A reference has no"
                + " user and no password: what is before '@' is not shown; to log in, use 'airworthy login'");
    }

    private static boolean isRepository(String host, String path) {
        return host.length() + path.length() < MAX_NAME_LENGTH
                && isHost(host)
                && PATH.matcher(path).matches();
    }

    /** Whether a text is the name or the address of a registry, with a port or without, in the form that references have. */
    public static boolean isHost(String host) {
        return HOST.matcher(host).matches() && !OTHER_NUMBERS.matcher(host).find() && isServer(host);
    }

    /** Whether everybody would connect to the same place: an address in its usual form, or a name. */
    private static boolean isServer(String host) {
        try {
            URI uri = new URI("https://" + host + "/").parseServerAuthority();
            return uri.getHost() != null && uri.getPort() <= MAX_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean looksLikeHost(String first) {
        return first.contains(".") || first.contains(":") || first.equals("localhost");
    }

    @Override
    public String repository() {
        return host + "/" + path;
    }

    @Override
    public RegistryReference at(Digest other) {
        return new RegistryReference(host, path, Optional.empty(), Optional.of(other));
    }

    @Override
    public RegistryReference tagged(String other) throws InvalidInputException {
        return new RegistryReference(
                host,
                path,
                Optional.of(ImageReference.requireTag(other, repository() + ":" + other)),
                Optional.empty());
    }

    @Override
    public String toString() {
        return repository() + ImageReference.suffix(tag, digest);
    }
}
