package io.jenkins.plugins.airworthy.evidence.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a <a href="https://github.com/package-url/purl-spec">package URL</a> that identify a package: type, namespace, name
 * and optional version, normalised as the type demands or its registry does: PyPI's {@code Django_x} is {@code django-x}. Qualifiers and subpath only say
 * where a package came from and are ignored. A text that is not a package URL gives no result, not a guess.
 */
public record PackageName(String type, String namespace, String name, Optional<String> version) {
    private static final String PREFIX = "pkg:";

    /** What is not encoded beside letters and digits. */
    private static final String PLAIN = ".-_~:/";

    private static final Pattern EMPTY_SEGMENT = Pattern.compile("^/|//|/$");

    /** Types that compare namespace and name without case, and that the library does not handle so. */
    private static final Set<String> WITHOUT_CASE = Set.of(
            "alpm",
            "apk",
            "bitnami",
            "brew",
            "cargo",
            "composer",
            "hex",
            "luarocks",
            "nuget",
            "oci",
            "otp",
            "pub",
            "vscode-extension");

    /** PyPI's equal characters (<a href="https://peps.python.org/pep-0503/#normalized-names">PEP 503</a>). */
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");

    private static final Pattern BLANK_OR_CONTROL = Pattern.compile("[\\s\\p{Cntrl}]");

    public static Optional<PackageName> parse(String url) {
        if (!url.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            PackageURL parsed = new PackageURL(before(before(url, '#'), '?'));
            Optional<String> version = Optional.ofNullable(parsed.getVersion());
            String path = path(parsed);
            if (path.isEmpty()
                    || BLANK_OR_CONTROL.matcher(path).find()
                    || version.filter(String::isEmpty).isPresent()) {
                return Optional.empty();
            }
            int last = path.lastIndexOf('/');
            return Optional.of(new PackageName(
                    parsed.getType(), path.substring(0, Math.max(last, 0)), path.substring(last + 1), version));
        } catch (MalformedPackageURLException e) {
            return Optional.empty();
        }
    }

    /** Whether this name covers a package; a name without version covers every version. */
    public boolean covers(PackageName other) {
        return anyVersion().equals(other.anyVersion()) && (version.isEmpty() || version.equals(other.version));
    }

    /** Whether a package that has no package URL, only a name, may be this one. */
    public boolean mayBeCalled(String bare) {
        String last = lastOf(bare);
        return name.toLowerCase(Locale.ROOT).equals(spelled(type, last));
    }

    /** A name that has no package URL, in one spelling for all types, to look it up by. */
    public static String folded(String bare) {
        return SEPARATORS.matcher(lastOf(bare)).replaceAll("-");
    }

    /** The name without what is before it: {@code org.example:lib} and {@code @example/lib} end in the name alone. */
    private static String lastOf(String name) {
        int last = Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'));
        return name.substring(last + 1).toLowerCase(Locale.ROOT);
    }

    private static String spelled(String type, String name) {
        return switch (type) {
            case "pypi" -> SEPARATORS.matcher(name).replaceAll("-");
            case "cargo" -> name.replace('_', '-');
            default -> name;
        };
    }

    /** The package URL with these parts. */
    public String url() {
        return PREFIX + type + "/" + (namespace.isEmpty() ? "" : encoded(namespace) + "/") + encoded(name)
                + version.map(text -> "@" + encoded(text)).orElse("");
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
            encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return encoded.toString();
    }

    /** The same package in any version. */
    public PackageName anyVersion() {
        return new PackageName(type, namespace, name, Optional.empty());
    }

    /** Namespace and name without empty segments, which mean nothing; a slash that was encoded separates as any other. */
    private static String path(PackageURL url) {
        String whole = url.getNamespace() == null ? url.getName() : url.getNamespace() + '/' + url.getName();
        String path = EMPTY_SEGMENT.matcher(whole).find()
                ? Stream.of(whole.split("/"))
                        .filter(segment -> !segment.isEmpty())
                        .collect(Collectors.joining("/"))
                : whole;
        String lower = WITHOUT_CASE.contains(url.getType()) ? path.toLowerCase(Locale.ROOT) : path;
        return spelled(url.getType(), lower);
    }

    private static String before(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0 ? text : text.substring(0, at);
    }
}
