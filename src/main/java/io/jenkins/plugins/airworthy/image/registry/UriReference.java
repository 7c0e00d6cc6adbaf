package io.jenkins.plugins.airworthy.image.registry;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as a registry writes it, absolute or relative to the requested one (RFC 3986, sections 4.1 and 5.2).
 * Java resolves by the older RFC 2396, in which a reference with only a query drops the last segment of the path. Characters
 * that should have been encoded and are unambiguous are encoded. Refuses any other malformed reference, and a relative path
 * that begins like a scheme. A fragment is dropped, since it is never sent.
 */
record UriReference(Optional<String> scheme, Optional<String> authority, String path, Optional<String> query) {
    /** RFC 3986, appendix B. */
    private static final Pattern PARTS =
            Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?");

    /** The "unwise" characters of RFC 2396, and blanks: browsers and Go's client send them encoded. */
    private static final Pattern WRONG = Pattern.compile("[ \"<>^`{|}]");

    /** @throws IllegalArgumentException if the text is not a reference */
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
     * Returns an absolute reference as an address.
     *
     * @throws IllegalArgumentException if it is relative
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
