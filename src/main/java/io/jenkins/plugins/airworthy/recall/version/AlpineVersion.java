package io.jenkins.plugins.airworthy.recall.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of an Alpine package: numbers, perhaps a letter, suffixes with numbers, and the build. */
record AlpineVersion(List<String> numbers, String letter, List<String> suffixes, String build)
        implements Comparable<AlpineVersion> {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)*)([a-z]?)"
            + "((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*)(?:~[0-9a-f]+)?(?:-r([0-9]+))?");

    /** The order of suffixes; none comes where it is empty. */
    private static final List<String> SUFFIXES =
            List.of("alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p");

    private static final Pattern SUFFIX = Pattern.compile("([a-z]*)([0-9]*)");

    static Optional<AlpineVersion> parse(String text) {
        Matcher read = FORM.matcher(text);
        if (!read.matches()) {
            return Optional.empty();
        }
        List<String> suffixes = new ArrayList<>();
        for (String suffix : read.group(3).split("_", -1)) {
            if (!suffix.isEmpty()) {
                suffixes.add(suffix);
            }
        }
        return Optional.of(new AlpineVersion(
                List.of(read.group(1).split("\\.")),
                read.group(2),
                suffixes,
                read.group(4) == null ? "0" : read.group(4)));
    }

    @Override
    public int compareTo(AlpineVersion other) {
        int order = 0;
        for (int i = 0; order == 0 && i < Math.min(numbers.size(), other.numbers.size()); i++) {
            order = part(numbers.get(i), other.numbers.get(i), i == 0);
        }
        if (order == 0) {
            order = Integer.compare(numbers.size(), other.numbers.size());
        }
        if (order == 0) {
            order = letter.compareTo(other.letter);
        }
        for (int i = 0; order == 0 && i < Math.max(suffixes.size(), other.suffixes.size()); i++) {
            order = suffix(at(suffixes, i), at(other.suffixes, i));
        }
        return order != 0 ? order : VersionScheme.numbers(build, other.build);
    }

    /** A number after the first that begins with a zero is read as a fraction. */
    private static int part(String a, String b, boolean first) {
        boolean fraction = !first && (a.startsWith("0") || b.startsWith("0"));
        return fraction ? a.compareTo(b) : VersionScheme.numbers(a, b);
    }

    private static int suffix(String a, String b) {
        Matcher left = SUFFIX.matcher(a);
        Matcher right = SUFFIX.matcher(b);
        if (!left.matches() || !right.matches()) {
            throw new IllegalStateException("a suffix that was read");
        }
        int order = Integer.compare(SUFFIXES.indexOf(left.group(1)), SUFFIXES.indexOf(right.group(1)));
        return order != 0 ? order : VersionScheme.numbers("0" + left.group(2), "0" + right.group(2));
    }

    private static String at(List<String> suffixes, int index) {
        return index < suffixes.size() ? suffixes.get(index) : "";
    }
}
