package io.jenkins.plugins.airworthy.testing.structure;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment that an image's config sets.
 *
 * @param ambiguous names that it sets to two values, since programs differ about which one counts
 */
record ImageEnvironment(Map<String, String> values, Set<String> ambiguous) {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)\\}|([A-Za-z_][A-Za-z0-9_]*)|)");

    ImageEnvironment {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        ambiguous = Set.copyOf(ambiguous);
    }

    static ImageEnvironment of(List<String> env) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (String pair : env) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            String before = values.put(name, value);
            if (before != null && !before.equals(value)) {
                ambiguous.add(name);
            }
        }
        return new ImageEnvironment(values, ambiguous);
    }

    /**
     * Replaces {@code $NAME} and <code>${NAME}</code> in a path with their values. A name that is not set fails the test:
     * with an empty value, another file would be tested.
     */
    Optional<String> expand(String path, Findings findings) {
        Matcher matcher = VARIABLE.matcher(path);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            if (name == null) {
                findings.fail(path + ": '$' is not followed by the name of a variable");
                return Optional.empty();
            }
            if (!values.containsKey(name) || ambiguous.contains(name)) {
                findings.fail(path + ": the image does not set exactly one value for the variable " + name);
                return Optional.empty();
            }
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(values.get(name)));
        }
        return Optional.of(matcher.appendTail(expanded).toString());
    }
}
