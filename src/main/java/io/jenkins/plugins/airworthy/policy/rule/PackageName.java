package io.jenkins.plugins.airworthy.policy.rule;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The parts of a package URL that tell packages apart: type, namespace and name, and the version where it is written.
 * Qualifiers and subpath say where a package was taken from and are left out. Absent instead of guessed when a text is no
 * package URL.
 */
record PackageName(String type, List<String> path, Optional<String> version) {
    private static final String PREFIX = "pkg:";

    PackageName {
        path = List.copyOf(path);
    }

    static Optional<PackageName> parse(String url) {
        if (!url.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String rest = before(before(url.substring(PREFIX.length()), '#'), '?');
        Optional<String> version = Optional.empty();
        int at = rest.lastIndexOf('@');
        if (at > rest.lastIndexOf('/')) {
            version = Optional.of(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        List<String> path = new ArrayList<>();
        for (String part : rest.split("/", -1)) {
            Optional<String> decoded = decode(part);
            if (decoded.isEmpty()) {
                return Optional.empty();
            }
            path.add(decoded.get());
        }
        if (path.size() < 2 || (version.isPresent() && decode(version.get()).isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(new PackageName(
                path.get(0).toLowerCase(Locale.ROOT),
                path.subList(1, path.size()),
                version.flatMap(PackageName::decode)));
    }

    /** Whether a package is the one that this names; a name without version covers every version. */
    boolean covers(PackageName other) {
        return type.equals(other.type)
                && path.equals(other.path)
                && (version.isEmpty() || version.equals(other.version));
    }

    private static String before(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0 ? text : text.substring(0, at);
    }

    private static Optional<String> decode(String part) {
        if (part.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
