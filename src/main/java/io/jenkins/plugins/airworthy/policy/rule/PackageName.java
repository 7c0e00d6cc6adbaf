package io.jenkins.plugins.airworthy.policy.rule;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a <a href="https://github.com/package-url/purl-spec">package URL</a> that identify a package: type, namespace, name
 * and optional version, normalised as the type demands: PyPI's {@code Django_x} is {@code django-x}. Qualifiers and subpath only say
 * where a package came from and are ignored. A text that is not a package URL gives no result, not a guess.
 */
public record PackageName(String type, String namespace, String name, Optional<String> version) {
    private static final String PREFIX = "pkg:";

    /** Types that compare namespace and name without case, and that the library does not handle so. */
    private static final Set<String> WITHOUT_CASE = Set.of(
            "alpm", "apk", "bitnami", "brew", "composer", "hex", "luarocks", "oci", "otp", "pub", "vscode-extension");

    public static Optional<PackageName> parse(String url) {
        if (!url.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            PackageURL parsed = new PackageURL(before(before(url, '#'), '?'));
            Optional<String> version = Optional.ofNullable(parsed.getVersion());
            if (version.filter(String::isEmpty).isPresent()) {
                return Optional.empty();
            }
            String namespace = parsed.getNamespace() == null ? "" : parsed.getNamespace();
            return Optional.of(new PackageName(
                    parsed.getType(),
                    caseOf(parsed.getType(), namespace),
                    caseOf(parsed.getType(), parsed.getName()),
                    version));
        } catch (MalformedPackageURLException e) {
            return Optional.empty();
        }
    }

    /** Whether this name covers a package; a name without version covers every version. */
    public boolean covers(PackageName other) {
        return anyVersion().equals(other.anyVersion()) && (version.isEmpty() || version.equals(other.version));
    }

    PackageName anyVersion() {
        return new PackageName(type, namespace, name, Optional.empty());
    }

    private static String caseOf(String type, String text) {
        return WITHOUT_CASE.contains(type) ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static String before(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0 ? text : text.substring(0, at);
    }
}
