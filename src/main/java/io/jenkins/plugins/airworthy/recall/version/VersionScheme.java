package io.jenkins.plugins.airworthy.recall.version;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the versions of one kind of package are ordered, by the names that <a
 * href="https://github.com/package-url/vers-spec">version range specifiers</a> use. Of other kinds, and of texts that are no
 * version of the kind, the order is unknown: it is never guessed.
 */
public enum VersionScheme {
    /** <a href="https://semver.org/spec/v2.0.0.html#spec-item-11">Semantic versions</a>; Go's begin with {@code v}. */
    SEMVER,
    /** <a href="https://maven.apache.org/pom.html#version-order-specification">Maven's order</a>. */
    MAVEN,
    /** <a href="https://packaging.python.org/en/latest/specifications/version-specifiers/">Python's order</a>. */
    PYPI,
    /** <a href="https://www.debian.org/doc/debian-policy/ch-controlfields.html#version">Debian's order</a>. */
    DEBIAN,
    /** <a href="https://rpm-software-management.github.io/rpm/manual/dependencies.html#versioning">RPM's order</a>. */
    RPM,
    /** <a href="https://wiki.alpinelinux.org/wiki/APKBUILD_Reference#pkgver">The order of Alpine's packages</a>. */
    ALPINE;

    /** Longest version that is compared, in characters. */
    static final int MAX_LENGTH = 256;

    private static final Map<String, VersionScheme> NAMES = Map.ofEntries(
            Map.entry("semver", SEMVER),
            Map.entry("npm", SEMVER),
            Map.entry("cargo", SEMVER),
            Map.entry("golang", SEMVER),
            Map.entry("maven", MAVEN),
            Map.entry("pypi", PYPI),
            Map.entry("deb", DEBIAN),
            Map.entry("debian", DEBIAN),
            Map.entry("rpm", RPM),
            Map.entry("apk", ALPINE),
            Map.entry("alpine", ALPINE));

    /** The scheme with this name in ranges and package URLs; empty if its order is not known here. */
    public static Optional<VersionScheme> of(String name) {
        return Optional.ofNullable(NAMES.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Compares two versions; empty if one of them is no version of this scheme. */
    public OptionalInt compare(String a, String b) {
        if (a.length() > MAX_LENGTH || b.length() > MAX_LENGTH) {
            return OptionalInt.empty();
        }
        return switch (this) {
            case SEMVER -> ordered(SemanticVersion.parse(a), SemanticVersion.parse(b));
            case MAVEN -> ordered(MavenVersion.parse(a), MavenVersion.parse(b));
            case PYPI -> ordered(PythonVersion.parse(a), PythonVersion.parse(b));
            case DEBIAN -> ordered(DebianVersion.parse(a), DebianVersion.parse(b));
            case RPM -> RpmVersion.compare(RpmVersion.parse(a), RpmVersion.parse(b));
            case ALPINE -> ordered(AlpineVersion.parse(a), AlpineVersion.parse(b));
        };
    }

    private static <T extends Comparable<T>> OptionalInt ordered(Optional<T> a, Optional<T> b) {
        return a.isEmpty() || b.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(a.get().compareTo(b.get()));
    }

    /** Compares numbers of any length by their digits. */
    static int numbers(String a, String b) {
        String left = withoutZeros(a);
        String right = withoutZeros(b);
        return left.length() != right.length() ? Integer.compare(left.length(), right.length()) : left.compareTo(right);
    }

    private static String withoutZeros(String digits) {
        int first = 0;
        while (first < digits.length() - 1 && digits.charAt(first) == '0') {
            first++;
        }
        return digits.substring(first);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isDigit((char) c));
    }
}
