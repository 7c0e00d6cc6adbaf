package io.jenkins.plugins.airworthy.recall.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a Python package, without what is zero at the end of its release.
 *
 * @param phase first what comes before the release and its number, then after it, then whether it is under development
 */
record PythonVersion(String epoch, List<String> release, List<String> phase, List<String> local)
        implements Comparable<PythonVersion> {
    private static final Pattern FORM = Pattern.compile("v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*)"
            + "(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]*))?"
            + "(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]*))?"
            + "(?:[-_.]?(dev)[-_.]?([0-9]*))?"
            + "(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?");

    static Optional<PythonVersion> parse(String text) {
        Matcher read = FORM.matcher(text.toLowerCase(Locale.ROOT).strip());
        if (!read.matches()) {
            return Optional.empty();
        }
        List<String> release = new ArrayList<>(List.of(read.group(2).split("\\.")));
        while (release.size() > 1 && VersionScheme.numbers(release.get(release.size() - 1), "0") == 0) {
            release.remove(release.size() - 1);
        }
        boolean early = read.group(3) != null;
        boolean post = read.group(5) != null || read.group(6) != null;
        boolean dev = read.group(8) != null;
        String rank = early ? letter(read.group(3)) : dev && !post ? "0" : "9";
        String after = post ? number(read.group(5) != null ? read.group(5) : read.group(7)) : "";
        return Optional.of(new PythonVersion(
                number(read.group(1)),
                release,
                List.of(rank, number(read.group(4)), after, dev ? number(read.group(9)) : ""),
                read.group(10) == null ? List.of() : List.of(read.group(10).split("[-_.]"))));
    }

    private static String letter(String word) {
        return switch (word) {
            case "alpha", "a" -> "1";
            case "beta", "b" -> "2";
            default -> "3";
        };
    }

    private static String number(String digits) {
        return digits == null || digits.isEmpty() ? "0" : digits;
    }

    @Override
    public int compareTo(PythonVersion other) {
        int order = VersionScheme.numbers(epoch, other.epoch);
        for (int i = 0; order == 0 && i < Math.max(release.size(), other.release.size()); i++) {
            order = VersionScheme.numbers(at(release, i), at(other.release, i));
        }
        if (order == 0) {
            order = phases(other);
        }
        for (int i = 0; order == 0 && i < Math.min(local.size(), other.local.size()); i++) {
            order = segments(local.get(i), other.local.get(i));
        }
        return order != 0 ? order : Integer.compare(local.size(), other.local.size());
    }

    private int phases(PythonVersion other) {
        if (!phase.get(0).equals(other.phase.get(0))) {
            return phase.get(0).compareTo(other.phase.get(0));
        }
        int order = VersionScheme.numbers(phase.get(1), other.phase.get(1));
        if (order == 0) {
            order = missing(phase.get(2), other.phase.get(2), -1);
        }
        return order != 0 ? order : missing(phase.get(3), other.phase.get(3), 1);
    }

    /** Compares numbers of which one may be missing. */
    private static int missing(String a, String b, int whenMissing) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.equals(b) ? 0 : a.isEmpty() ? whenMissing : -whenMissing;
        }
        return VersionScheme.numbers(a, b);
    }

    private static int segments(String a, String b) {
        boolean left = VersionScheme.isNumber(a);
        boolean right = VersionScheme.isNumber(b);
        if (left && right) {
            return VersionScheme.numbers(a, b);
        }
        return left == right ? a.compareTo(b) : left ? 1 : -1;
    }

    private static String at(List<String> release, int index) {
        return index < release.size() ? release.get(index) : "0";
    }
}
