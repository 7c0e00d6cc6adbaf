package io.jenkins.plugins.airworthy.recall.version;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of a Debian package: epoch, upstream's version and revision. */
record DebianVersion(String epoch, String upstream, String revision) implements Comparable<DebianVersion> {
    private static final Pattern FORM =
            Pattern.compile("(?:([0-9]+):)?([0-9][0-9A-Za-z.+~:-]*?)(?:-([0-9A-Za-z.+~]+))?");

    static Optional<DebianVersion> parse(String text) {
        Matcher read = FORM.matcher(text);
        return read.matches()
                ? Optional.of(new DebianVersion(
                        read.group(1) == null ? "0" : read.group(1),
                        read.group(2),
                        read.group(3) == null ? "0" : read.group(3)))
                : Optional.empty();
    }

    @Override
    public int compareTo(DebianVersion other) {
        int order = VersionScheme.numbers(epoch, other.epoch);
        if (order == 0) {
            order = compare(upstream, other.upstream);
        }
        return order != 0 ? order : compare(revision, other.revision);
    }

    /** Compares what is not digits and what is in turn, as Debian's policy says. */
    private static int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while ((i < a.length() && !VersionScheme.isDigit(a.charAt(i)))
                    || (j < b.length() && !VersionScheme.isDigit(b.charAt(j)))) {
                int order = Integer.compare(weight(a, i), weight(b, j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int left = endOfDigits(a, i);
            int right = endOfDigits(b, j);
            int order = VersionScheme.numbers(digits(a, i, left), digits(b, j, right));
            if (order != 0) {
                return order;
            }
            i = left;
            j = right;
        }
        return 0;
    }

    private static String digits(String text, int from, int to) {
        return from < to ? text.substring(from, to) : "0";
    }

    private static int endOfDigits(String text, int from) {
        int end = Math.min(from, text.length());
        while (end < text.length() && VersionScheme.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** A tilde comes before the end, the end before letters, and letters before everything else. */
    private static int weight(String text, int index) {
        if (index >= text.length() || VersionScheme.isDigit(text.charAt(index))) {
            return 0;
        }
        char c = text.charAt(index);
        return c == '~' ? -1 : Character.isLetter(c) ? c : c + 256;
    }
}
