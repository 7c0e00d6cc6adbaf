package io.jenkins.plugins.airworthy.recall.version;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A semantic version, perhaps with Go's {@code v}; what is after {@code +} does not order. */
record SemanticVersion(List<String> core, List<String> early) implements Comparable<SemanticVersion> {
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final Pattern FORM = Pattern.compile("v?" + NUMBER + "\\." + NUMBER + "\\." + NUMBER
            + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");
    private static final int EARLY = 4;

    static Optional<SemanticVersion> parse(String text) {
        Matcher read = FORM.matcher(text);
        if (!read.matches()) {
            return Optional.empty();
        }
        return Optional.of(new SemanticVersion(
                List.of(read.group(1), read.group(2), read.group(3)),
                read.group(EARLY) == null
                        ? List.of()
                        : List.of(read.group(EARLY).split("\\."))));
    }

    @Override
    public int compareTo(SemanticVersion other) {
        for (int i = 0; i < core.size(); i++) {
            int order = VersionScheme.numbers(core.get(i), other.core.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (early.isEmpty() || other.early.isEmpty()) {
            return Boolean.compare(early.isEmpty(), other.early.isEmpty());
        }
        for (int i = 0; i < Math.min(early.size(), other.early.size()); i++) {
            int order = identifiers(early.get(i), other.early.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(early.size(), other.early.size());
    }

    private static int identifiers(String a, String b) {
        boolean left = VersionScheme.isNumber(a);
        boolean right = VersionScheme.isNumber(b);
        if (left && right) {
            return VersionScheme.numbers(a, b);
        }
        return left == right ? a.compareTo(b) : left ? -1 : 1;
    }
}
