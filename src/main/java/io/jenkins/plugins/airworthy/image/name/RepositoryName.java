package io.jenkins.plugins.airworthy.image.name;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name in the two parts that patterns distinguish: the authority, in which wildcards are not allowed, and the path.
 *
 * @param authority a registry's host, {@code oci:} or {@code oci:/}, or the scheme and host of a URL
 */
record RepositoryName(String authority, List<String> segments) {
    /** Letters that mean the same in every URL and file name; what a wildcard or capture may stand for. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.~-]+");

    private static final String GIT_ENDING = ".git";

    private static final Pattern URL = Pattern.compile("([a-z][a-z0-9+.-]*://[^/]*)/(.*)");

    RepositoryName {
        segments = List.copyOf(segments);
    }

    /** The name of an image without tag and digest. */
    static RepositoryName of(ImageReference reference) {
        if (reference instanceof RegistryReference registry) {
            return new RepositoryName(registry.host(), split(registry.path()));
        }
        return ofFolder(((LayoutReference) reference).folder());
    }

    /** A folder as it is written; nothing is looked up, so {@code ..} stays and matches nothing but itself. */
    static RepositoryName ofFolder(Path folder) {
        String root =
                folder.getRoot() == null ? "" : folder.getRoot().toString().replace('\\', '/');
        List<String> segments = new ArrayList<>();
        for (Path name : folder) {
            if (!name.toString().equals(".")) {
                segments.add(name.toString());
            }
        }
        return new RepositoryName(ImageReference.LAYOUT_PREFIX + root, segments);
    }

    /**
     * Parses a URL without normalising it; empty if it is not a URL. A server's repository is the same with {@code .git} at its end and
     * without, as statements name it.
     */
    static Optional<RepositoryName> ofUrl(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String path = matcher.group(2);
        boolean ending = !url.startsWith("file:") && path.endsWith(GIT_ENDING) && !path.endsWith("/" + GIT_ENDING);
        return Optional.of(new RepositoryName(
                matcher.group(1), split(ending ? path.substring(0, path.length() - GIT_ENDING.length()) : path)));
    }

    static List<String> split(String path) {
        return List.of(path.split("/", -1));
    }

    /** Whether a segment may stand for a wildcard: no dots that climb, nothing encoded. */
    static boolean isPlain(String segment) {
        return PLAIN.matcher(segment).matches() && !segment.equals(".") && !segment.equals("..");
    }
}
