package io.jenkins.plugins.airworthy.image.registry;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as a registry writes it, whole or relative to the one that was asked (RFC 3986, sections 4.1 and 5.2).
 * Java's own resolution is that of the older RFC 2396, in which a reference of a query alone drops the last segment of the
 * path. Characters that should have been encoded and mean nothing else are encoded; any other wrong one is refused, and so
 * is a relative path that begins like a scheme. A fragment is dropped: it is never sent.
 */
record UriReference(Optional<String> scheme, Optional<String> authority, String path, Optional<String> query) {
    /** RFC 3986, appendix B. */
    private static final Pattern PARTS =
            Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?");

    /** What RFC 2396 called unwise, and blanks within: browsers and Go's client send them encoded. */
    private static final Pattern WRONG = Pattern.compile("[ \"<>^`{|}]");

    /** @throws IllegalArgumentException when it is none */
    static UriReference parse(String written) {
        Matcher parts = PARTS.matcher(written);
        if (written.indexOf('\\') >= 0 || written.chars().anyMatch(Character::isISOControl) || !parts.matches()) {
            throw new IllegalArgumentException("not a URI reference");
        }
        String path = parts.group(3);
        if (parts.group(1) == null && parts.group(2) == null && path.split("/", 2)[0].contains(":")) {
            throw new IllegalArgumentException("begins like a scheme");
        }
        return new UriReference(
                Optional.ofNullable(parts.group(1)),
                Optional.ofNullable(parts.group(2)),
                encoded(path),
                Optional.ofNullable(parts.group(4)).map(UriReference::encoded));
    }

    /** RFC 3986, section 5.2.2. */
    URI against(URI base) {
        if (scheme.isPresent()) {
            return address(scheme.get(), authority, withoutDots(path), query);
        }
        if (authority.isPresent()) {
            return address(base.getScheme(), authority, withoutDots(path), query);
        }
        Optional<String> sameAuthority = Optional.ofNullable(base.getRawAuthority());
        if (path.isEmpty()) {
            Optional<String> kept = query.or(() -> Optional.ofNullable(base.getRawQuery()));
            return address(base.getScheme(), sameAuthority, base.getRawPath(), kept);
        }
        String parent = base.getRawPath().substring(0, base.getRawPath().lastIndexOf('/') + 1);
        String whole = path.startsWith("/") ? path : (parent.isEmpty() ? "/" : parent) + path;
        return address(base.getScheme(), sameAuthority, withoutDots(whole), query);
    }

    /**
     * The address that this is by itself.
     *
     * @throws IllegalArgumentException when it is a relative one
     */
    URI whole() {
        if (scheme.isEmpty()) {
            throw new IllegalArgumentException("is relative");
        }
        return address(scheme.get(), authority, path, query);
    }

    private static URI address(String scheme, Optional<String> authority, String path, Optional<String> query) {
        return URI.create(scheme + ":" + authority.map(a -> "//" + a).orElse("") + path
                + query.map(q -> "?" + q).orElse(""));
    }

    /** RFC 3986, section 5.2.4. */
    private static String withoutDots(String path) {
        StringBuilder out = new StringBuilder();
        String rest = path;
        while (!rest.isEmpty()) {
            int end = rest.indexOf('/', 1);
            String segment = end < 0 ? rest : rest.substring(0, end);
            rest = end < 0 ? "" : rest.substring(end);
            if (segment.equals("/..")) {
                out.setLength(Math.max(out.lastIndexOf("/"), 0));
            }
            boolean dots = segment.equals("/.") || segment.equals("/..");
            if (!dots) {
                out.append(segment);
            } else if (rest.isEmpty()) {
                out.append('/');
            }
        }
        return out.toString();
    }

    private static String encoded(String text) {
        return WRONG.matcher(text)
                .replaceAll(match -> "%%%02X".formatted((int) match.group().charAt(0)));
    }
}
