package io.jenkins.plugins.airworthy.evidence.sbom;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges a licence expression (<a href="https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/">SPDX 2.3, Annex D</a>). With
 * {@code AND} all parts apply, with {@code OR} the best may be chosen, and an exception after {@code WITH} changes nothing. What is no
 * expression is denied if one of its words is, else unknown; so is one that is long or deep.
 */
public final class LicenceExpression {
    /** Maximum length of an expression, in characters. */
    static final int MAX_LENGTH = 4_000;

    /** Maximum depth of parentheses. */
    static final int MAX_DEPTH = 32;

    private static final Pattern TOKEN = Pattern.compile("[()]|[A-Za-z0-9.:-]+\\+?");
    private static final Pattern GAP = Pattern.compile("\\s*");
    private static final Pattern WORDS = Pattern.compile("[^A-Za-z0-9.-]+");

    private final Predicate<String> denied;
    private final List<String> tokens;
    private int next;

    /** What an expression allows, from the worst to the best. */
    public enum Judgement {
        /** No choice is left but a denied licence. */
        DENIED,
        /** No licence of the list. */
        UNKNOWN,
        /** A licence of the list that is not denied. */
        ALLOWED;

        /** The worse of two. */
        public Judgement and(Judgement other) {
            return compareTo(other) <= 0 ? this : other;
        }

        private Judgement or(Judgement other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** An expression that cannot be read. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
    }

    private LicenceExpression(Predicate<String> denied, List<String> tokens) {
        this.denied = denied;
        this.tokens = tokens;
    }

    /**
     * Judges a text.
     *
     * @param denied whether an identifier, without {@code +}, is denied
     */
    public static Judgement judge(String text, Predicate<String> denied) {
        try {
            LicenceExpression expression = new LicenceExpression(denied, tokens(text));
            Judgement whole = expression.alternatives(0);
            if (expression.next < expression.tokens.size()) {
                throw new Unreadable();
            }
            return whole;
        } catch (Unreadable e) {
            boolean names = WORDS.splitAsStream(text).anyMatch(denied);
            return names ? Judgement.DENIED : Judgement.UNKNOWN;
        }
    }

    private static List<String> tokens(String text) throws Unreadable {
        if (text.length() > MAX_LENGTH) {
            throw new Unreadable();
        }
        List<String> tokens = new ArrayList<>();
        Matcher gap = GAP.matcher(text);
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (gap.region(at, text.length()).lookingAt() && gap.end() < text.length()) {
            if (!token.region(gap.end(), text.length()).lookingAt()) {
                throw new Unreadable();
            }
            tokens.add(token.group());
            at = token.end();
        }
        return tokens;
    }

    private Judgement alternatives(int depth) throws Unreadable {
        Judgement all = parts(depth);
        while (accepts("or")) {
            all = all.or(parts(depth));
        }
        return all;
    }

    private Judgement parts(int depth) throws Unreadable {
        Judgement all = one(depth);
        while (accepts("and")) {
            all = all.and(one(depth));
        }
        return all;
    }

    private Judgement one(int depth) throws Unreadable {
        if (accepts("(")) {
            if (depth == MAX_DEPTH) {
                throw new Unreadable();
            }
            Judgement inner = alternatives(depth + 1);
            require(accepts(")"));
            return inner;
        }
        String id = id();
        if (accepts("with")) {
            id();
        }
        return denied.test(id) ? Judgement.DENIED : LicenceList.has(id) ? Judgement.ALLOWED : Judgement.UNKNOWN;
    }

    private String id() throws Unreadable {
        require(next < tokens.size());
        String token = tokens.get(next++);
        require(!List.of("(", ")", "and", "or", "with").contains(token.toLowerCase(Locale.ROOT)));
        return token.endsWith("+") ? token.substring(0, token.length() - 1) : token;
    }

    private boolean accepts(String word) {
        boolean there = next < tokens.size() && tokens.get(next).equalsIgnoreCase(word);
        next += there ? 1 : 0;
        return there;
    }

    private static void require(boolean holds) throws Unreadable {
        if (!holds) {
            throw new Unreadable();
        }
    }
}
