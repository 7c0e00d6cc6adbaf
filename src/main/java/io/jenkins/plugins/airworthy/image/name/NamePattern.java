package io.jenkins.plugins.airworthy.image.name;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A pattern for names of images or of source repositories. In its path, {@code *} matches characters of one segment,
 * {@code **} for one or more segments, {@code {x}} binds one segment and {@code {x**}} one or more. Refuses any of them in
 * the host, tags and digests, and more than one of those that span segments: a name is bound in one way only.
 */
public final class NamePattern {
    /** How many characters a pattern may have. */
    public static final int MAX_LENGTH = 512;

    private static final Pattern NO_SOURCE = Pattern.compile("[\\s?#]");

    private final String text;
    private final String authority;
    private final List<PatternSegment> segments;

    private NamePattern(String text, String authority, List<PatternSegment> segments) {
        this.text = text;
        this.authority = authority;
        this.segments = List.copyOf(segments);
    }

    /** A pattern for images: {@code host/path} or {@code oci:folder}. */
    public static NamePattern ofImages(String text) throws InvalidInputException {
        bounded(text);
        if (text.startsWith(ImageReference.LAYOUT_PREFIX)) {
            boolean absolute = text.startsWith(ImageReference.LAYOUT_PREFIX + "/");
            String authority = ImageReference.LAYOUT_PREFIX + (absolute ? "/" : "");
            String path = text.substring(authority.length());
            if (path.contains(":") || path.contains("@")) {
                throw wrong(text, "a pattern must not name a tag or a digest");
            }
            return new NamePattern(text, authority, segments(text, path));
        }
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw wrong(text, "expected host/path or oci:folder");
        }
        String host = text.substring(0, slash);
        refuseWildcardsInHost(text, host);
        List<PatternSegment> segments = segments(text, text.substring(slash + 1));
        // An image that no reference can name would match nothing for ever: let the grammar of references judge.
        String example = text.replaceAll("\\{[^}]*}|\\*+", "x");
        ImageReference read = ImageReference.parse(example);
        if (read.tag().isPresent() || read.digest().isPresent()) {
            throw wrong(text, "a pattern must not name a tag or a digest");
        }
        boolean renamed =
                !read.repository().equals(example) && segments.stream().noneMatch(PatternSegment::spans);
        if (renamed || !read.repository().startsWith(host + "/")) {
            throw wrong(text, "no image has such a name: '" + example + "' is read as '" + read.repository() + "'");
        }
        return new NamePattern(text, host, segments);
    }

    /** A pattern for source repositories: a URL such as {@code https://git.example.com/team/{app}}, with {@code .git} or without. */
    public static NamePattern ofUrls(String text) throws InvalidInputException {
        bounded(text);
        RepositoryName name = RepositoryName.ofUrl(text)
                .orElseThrow(() -> wrong(text, "expected a URL such as https://git.example.com/team/app"));
        refuseWildcardsInHost(text, name.authority());
        if (name.authority().contains("@") || NO_SOURCE.matcher(text).find()) {
            throw wrong(text, "a source must be named without user, password, query, fragment and blanks");
        }
        return new NamePattern(text, name.authority(), segments(text, String.join("/", name.segments())));
    }

    /** The names that this pattern binds, as they are written: {@code x} or {@code x**}. */
    public Set<String> captures() {
        Set<String> names = new LinkedHashSet<>();
        segments.stream()
                .filter(PatternSegment::captures)
                .forEach(s -> names.add(s.spans() ? s.text() + "**" : s.text()));
        return names;
    }

    /** The registry's host in a pattern for images; empty for layout folders. */
    public Optional<String> registry() {
        return authority.startsWith(ImageReference.LAYOUT_PREFIX) ? Optional.empty() : Optional.of(authority);
    }

    /** Whether this names one thing once its captures are bound. */
    public boolean isDefinite() {
        return segments.stream().noneMatch(PatternSegment::isOpen);
    }

    /** The same pattern with captures replaced by what they were bound to. */
    public NamePattern bind(Map<String, String> captures) {
        List<PatternSegment> bound = new ArrayList<>();
        for (PatternSegment segment : segments) {
            String value = segment.captures() ? captures.get(segment.text()) : null;
            if (value == null) {
                bound.add(segment);
            } else {
                RepositoryName.split(value).forEach(part -> bound.add(PatternSegment.literal(part)));
            }
        }
        return new NamePattern(text, authority, bound);
    }

    public Optional<Map<String, String>> match(ImageReference reference) {
        return match(RepositoryName.of(reference));
    }

    /** Whether a URL of a source repository fits, compared as it is written but for {@code .git} at a server's end. */
    public boolean matchesUrl(String url) {
        return RepositoryName.ofUrl(url).flatMap(this::match).isPresent();
    }

    private Optional<Map<String, String>> match(RepositoryName name) {
        int spare = name.segments().size() - segments.size();
        boolean spans = segments.stream().anyMatch(PatternSegment::spans);
        if (!authority.equals(name.authority()) || spare < 0 || (spare > 0 && !spans)) {
            return Optional.empty();
        }
        Map<String, String> captures = new LinkedHashMap<>();
        int at = 0;
        for (PatternSegment segment : segments) {
            int length = segment.spans() ? 1 + spare : 1;
            List<String> part = name.segments().subList(at, at + length);
            if (!part.stream().allMatch(segment::fits)) {
                return Optional.empty();
            }
            if (segment.captures()) {
                captures.put(segment.text(), String.join("/", part));
            }
            at += length;
        }
        return Optional.of(captures);
    }

    private static List<PatternSegment> segments(String text, String path) throws InvalidInputException {
        List<PatternSegment> segments = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (String part : RepositoryName.split(path)) {
            PatternSegment segment = PatternSegment.parse(part)
                    .orElseThrow(
                            () -> wrong(
                                    text,
                                    "'" + part
                                            + "': a segment is a name with *, or as a whole **, {x} or {x**} with x a lower-case word; not empty, '.' or '..'"));
            if (segment.captures() && !names.add(segment.text())) {
                throw wrong(text, "{" + segment.text() + "} occurs twice");
            }
            segments.add(segment);
        }
        if (segments.stream().filter(PatternSegment::spans).count() > 1) {
            throw wrong(text, "only one of ** and {x**} may occur, so that a name is bound in one way only");
        }
        return segments;
    }

    private static void refuseWildcardsInHost(String text, String host) throws InvalidInputException {
        if (host.matches(".*[*{}].*")) {
            throw wrong(text, "the host must be written out, without * and {}");
        }
    }

    private static void bounded(String text) throws InvalidInputException {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new InvalidInputException("a pattern has 1 to " + MAX_LENGTH + " characters");
        }
    }

    private static InvalidInputException wrong(String text, String problem) {
        return new InvalidInputException("bad pattern '" + text + "': " + problem);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamePattern that && text.equals(that.text) && segments.equals(that.segments);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
