package io.jenkins.plugins.airworthy.recall.version;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions of a package, as a <a href="https://github.com/package-url/vers-spec">version range specifier</a> writes them:
 * {@code vers:npm/>=1.2.0|<1.4.1}. Refuses bounds that are out of order or do not come in pairs, since programs read such a range
 * differently.
 *
 * @param scheme the name in the specifier, in lower case
 * @param constraints in their order; empty for every version
 */
public record VersionRange(String scheme, List<Constraint> constraints) {
    /** Longest range, in characters. */
    public static final int MAX_LENGTH = 4_000;

    private static final Pattern FORM = Pattern.compile("vers:([a-zA-Z][a-zA-Z0-9.+-]{0,30})/([!-.0-~]+)");
    private static final Pattern CONSTRAINT = Pattern.compile("(<=|>=|!=|<|>|=|)([^<>=!|*,]+)");
    private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");
    private static final int HEXADECIMAL = 16;

    public VersionRange {
        constraints = List.copyOf(constraints);
    }

    /** One part of a range; without a comparator it is one version. */
    public record Constraint(String comparator, String version) {
        boolean isLower() {
            return comparator.startsWith(">");
        }

        boolean isUpper() {
            return comparator.startsWith("<");
        }
    }

    /** Whether a version is in a range. */
    public enum Answer {
        YES,
        NO,
        /** The versions cannot be compared. */
        UNKNOWN
    }

    /** Reads a specifier. */
    public static VersionRange parse(String text) throws InvalidInputException {
        Matcher read = FORM.matcher(text);
        if (text.length() > MAX_LENGTH || !read.matches()) {
            throw new InvalidInputException("'" + shortened(text)
                    + "' is no range of versions: expected for example vers:npm/>=1.2.0|<1.4.1, without spaces, of at most "
                    + MAX_LENGTH + " characters");
        }
        List<Constraint> constraints = new ArrayList<>();
        if (!read.group(2).equals("*")) {
            for (String part : read.group(2).split("\\|", -1)) {
                Matcher constraint = CONSTRAINT.matcher(part);
                if (!constraint.matches()) {
                    throw new InvalidInputException("'" + shortened(part) + "' in a range of versions is no bound:"
                            + " expected a version, perhaps after <, <=, >, >= or !=");
                }
                constraints.add(new Constraint(constraint.group(1), decoded(constraint.group(2))));
            }
        }
        VersionRange range = new VersionRange(read.group(1).toLowerCase(Locale.ROOT), constraints);
        range.requirePairs();
        return range;
    }

    private void requirePairs() throws InvalidInputException {
        Optional<Constraint> last = Optional.empty();
        for (Constraint each : bounds()) {
            if (last.isPresent()) {
                if (last.get().isLower() == each.isLower()) {
                    throw new InvalidInputException("the bounds " + last.get().version() + " and " + each.version()
                            + " of a range of versions are of one direction: leave one of them out");
                }
                OptionalInt order = compare(last.get().version(), each.version());
                if (order.isPresent() && order.getAsInt() > 0) {
                    throw new InvalidInputException("the bounds " + last.get().version() + " and " + each.version()
                            + " of a range of versions are out of order");
                }
            }
            last = Optional.of(each);
        }
    }

    /** Whether a version is in this range. Equal texts are equal versions in every scheme. */
    public Answer contains(String version) {
        if (constraints.isEmpty()) {
            return Answer.YES;
        }
        boolean unsure = false;
        for (Constraint each : constraints) {
            if (!each.isLower() && !each.isUpper()) {
                OptionalInt order = compare(version, each.version());
                boolean equal = version.equals(each.version()) || (order.isPresent() && order.getAsInt() == 0);
                if (equal) {
                    return each.comparator().equals("!=") ? Answer.NO : Answer.YES;
                }
                unsure |= order.isEmpty() && VersionScheme.of(scheme).isPresent();
            }
        }
        List<Constraint> bounds = bounds();
        if (bounds.isEmpty()) {
            boolean onlyExceptions =
                    constraints.stream().allMatch(each -> each.comparator().equals("!="));
            return onlyExceptions ? Answer.YES : unsure ? Answer.UNKNOWN : Answer.NO;
        }
        Answer within = between(bounds, version);
        return within == Answer.NO && unsure ? Answer.UNKNOWN : within;
    }

    private Answer between(List<Constraint> bounds, String version) {
        for (int i = 0; i < bounds.size(); i++) {
            Constraint bound = bounds.get(i);
            OptionalInt order = compare(version, bound.version());
            if (order.isEmpty()) {
                return Answer.UNKNOWN;
            }
            boolean holds = holds(bound, order.getAsInt());
            if (bound.isUpper() && holds) {
                return Answer.YES; // it is above the lower bound before this one, if there is one
            }
            if (bound.isLower() && !holds) {
                return Answer.NO;
            }
            if (bound.isLower() && i == bounds.size() - 1) {
                return Answer.YES;
            }
        }
        return Answer.NO;
    }

    private static boolean holds(Constraint bound, int order) {
        return switch (bound.comparator()) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    private List<Constraint> bounds() {
        return constraints.stream()
                .filter(each -> each.isLower() || each.isUpper())
                .toList();
    }

    private OptionalInt compare(String a, String b) {
        Optional<VersionScheme> known = VersionScheme.of(scheme);
        return known.isEmpty() ? OptionalInt.empty() : known.get().compare(a, b);
    }

    /** The specifier. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        constraints.forEach(each -> parts.add(each.comparator() + encoded(each.version())));
        return "vers:" + scheme + "/" + (parts.isEmpty() ? "*" : String.join("|", parts));
    }

    private static String decoded(String text) throws InvalidInputException {
        String decoded = ENCODED.matcher(text)
                .replaceAll(octet ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(octet.group(1), HEXADECIMAL))));
        if (!decoded.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidInputException("'" + shortened(text)
                    + "' in a range of versions is no version: versions have visible ASCII characters");
        }
        return decoded;
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || ".-_~+:^".indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return encoded.toString();
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
