package io.jenkins.plugins.airworthy.recall.version;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of an RPM package: epoch, version and release.
 *
 * @param release empty if none is given: a bound without one is for every release
 */
record RpmVersion(String epoch, String version, Optional<String> release) {
    private static final Pattern FORM = Pattern.compile("(?:([0-9]+):)?([0-9A-Za-z._+~^]+)(?:-([0-9A-Za-z._+~^]+))?");

    static Optional<RpmVersion> parse(String text) {
        Matcher read = FORM.matcher(text);
        return read.matches()
                ? Optional.of(new RpmVersion(
                        read.group(1) == null ? "0" : read.group(1), read.group(2), Optional.ofNullable(read.group(3))))
                : Optional.empty();
    }

    /** Compares a version with a bound; empty if the bound has a release on which it depends, and the version has none. */
    static OptionalInt compare(Optional<RpmVersion> version, Optional<RpmVersion> bound) {
        if (version.isEmpty() || bound.isEmpty()) {
            return OptionalInt.empty();
        }
        int order = version.get().compareTo(bound.get());
        boolean open =
                version.get().release().isEmpty() && bound.get().release().isPresent();
        return order == 0 && open ? OptionalInt.empty() : OptionalInt.of(order);
    }

    private int compareTo(RpmVersion other) {
        int order = VersionScheme.numbers(epoch, other.epoch);
        if (order == 0) {
            order = compare(version, other.version);
        }
        return order != 0 || release.isEmpty() || other.release.isEmpty()
                ? order
                : compare(release.get(), other.release.get());
    }

    private static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (true) {
            i = afterSeparators(a, i);
            j = afterSeparators(b, j);
            char left = i < a.length() ? a.charAt(i) : 0;
            char right = j < b.length() ? b.charAt(j) : 0;
            if (left == '~' || right == '~') {
                if (left != right) {
                    return left == '~' ? -1 : 1;
                }
            } else if (left == '^' || right == '^') {
                if (left != right) {
                    // A caret comes after the end, and before everything else.
                    return left == '^' ? (right == 0 ? 1 : -1) : (left == 0 ? -1 : 1);
                }
            } else if (left == 0 || right == 0) {
                return Boolean.compare(left != 0, right != 0);
            } else {
                boolean number = VersionScheme.isDigit(left);
                if (number != VersionScheme.isDigit(right)) {
                    return number ? 1 : -1;
                }
                int endA = end(a, i, number);
                int endB = end(b, j, number);
                String first = a.substring(i, endA);
                String second = b.substring(j, endB);
                int order = number ? VersionScheme.numbers(first, second) : first.compareTo(second);
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
                continue;
            }
            i++;
            j++;
        }
    }

    private static int afterSeparators(String text, int from) {
        int at = from;
        while (at < text.length() && "._+".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static int end(String text, int from, boolean number) {
        int at = from;
        while (at < text.length()
                && (number ? VersionScheme.isDigit(text.charAt(at)) : Character.isLetter(text.charAt(at)))) {
            at++;
        }
        return at;
    }
}
