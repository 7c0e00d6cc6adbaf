package io.jenkins.plugins.airworthy.recall.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A version of a Maven artefact: tokens, each with the separator before it, without the null ones that mean nothing. */
record MavenVersion(List<Token> tokens) implements Comparable<MavenVersion> {
    /** The qualifiers that have a place of their own, in order; the empty one is the release. */
    private static final List<String> KNOWN = List.of("alpha", "beta", "milestone", "rc", "snapshot", "", "sp");

    private static final Pattern FORM = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._+-]*");

    /** One part of a version. */
    record Token(boolean afterHyphen, String text) {
        boolean isNumber() {
            return VersionScheme.isNumber(text);
        }

        boolean isNull() {
            return text.isEmpty() || (isNumber() && VersionScheme.numbers(text, "0") == 0);
        }
    }

    static Optional<MavenVersion> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(new MavenVersion(trimmed(split(text.toLowerCase(Locale.ROOT)))));
    }

    private static List<Token> split(String text) {
        List<Token> tokens = new ArrayList<>();
        boolean hyphen = false;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean separator = i < text.length() && (text.charAt(i) == '.' || text.charAt(i) == '-');
            boolean turns = !separator
                    && i > start
                    && i < text.length()
                    && VersionScheme.isDigit(text.charAt(i)) != VersionScheme.isDigit(text.charAt(i - 1));
            if (i == text.length() || separator || turns) {
                tokens.add(token(text.substring(start, i), hyphen, turns && VersionScheme.isDigit(text.charAt(i))));
                hyphen = turns || (separator && text.charAt(i) == '-');
                start = separator ? i + 1 : i;
            }
        }
        return tokens;
    }

    private static Token token(String text, boolean hyphen, boolean beforeNumber) {
        String word =
                switch (text) {
                    case "a" -> beforeNumber ? "alpha" : text;
                    case "b" -> beforeNumber ? "beta" : text;
                    case "m" -> beforeNumber ? "milestone" : text;
                    case "cr" -> "rc";
                    case "ga", "final", "release" -> "";
                    default -> text.isEmpty() ? "0" : text;
                };
        // A qualifier after a dot is one after a hyphen.
        return new Token(hyphen || !VersionScheme.isNumber(word), word);
    }

    /** Removes null tokens at the end, and before each hyphen. */
    private static List<Token> trimmed(List<Token> tokens) {
        List<Token> kept = new ArrayList<>(tokens);
        for (int i = kept.size() - 1; i > 0; i--) {
            if (kept.get(i).isNull() && (i == kept.size() - 1 || kept.get(i + 1).afterHyphen())) {
                kept.remove(i);
            }
        }
        return List.copyOf(kept);
    }

    @Override
    public int compareTo(MavenVersion other) {
        for (int i = 0; i < Math.max(tokens.size(), other.tokens.size()); i++) {
            Token left = i < tokens.size() ? tokens.get(i) : padding(other.tokens.get(i));
            Token right = i < other.tokens.size() ? other.tokens.get(i) : padding(tokens.get(i));
            int order = compare(left, right);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static Token padding(Token other) {
        return new Token(other.afterHyphen(), other.isNumber() && !other.afterHyphen() ? "0" : "");
    }

    private static int compare(Token a, Token b) {
        if (a.isNumber() && b.isNumber()) {
            return a.afterHyphen() == b.afterHyphen() || (a.isNull() && b.isNull())
                    ? VersionScheme.numbers(a.text(), b.text())
                    : a.afterHyphen() ? -1 : 1;
        }
        if (a.isNumber() || b.isNumber()) {
            // A number after a hyphen stands against the empty qualifier that fills up the shorter version.
            return a.isNumber() ? 1 : -1;
        }
        int left = KNOWN.indexOf(a.text());
        int right = KNOWN.indexOf(b.text());
        if (left < 0 || right < 0) {
            return left < 0 && right < 0 ? a.text().compareTo(b.text()) : left < 0 ? 1 : -1;
        }
        return Integer.compare(left, right);
    }
}
