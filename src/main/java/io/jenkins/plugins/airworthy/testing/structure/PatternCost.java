package io.jenkins.plugins.airworthy.testing.structure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Estimates the size of a pattern with its counted repetitions written out, which is how it is compiled. Never too small
 * for a valid pattern.
 */
final class PatternCost {
    private static final Pattern REPETITION = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");
    private static final Pattern FLAGS = Pattern.compile("\\(\\?[a-zA-Z-]*\\)");
    private static final long ENDLESS = Long.MAX_VALUE >> 32;

    private final String text;
    private final Deque<long[]> groups = new ArrayDeque<>();
    private int at;

    private PatternCost(String text) {
        this.text = text;
    }

    static long of(String text) {
        return new PatternCost(text).count();
    }

    private long count() {
        // The cost of the group so far, and of its last part, which a repetition multiplies.
        long[] group = {0, 0};
        while (at < text.length()) {
            char c = text.charAt(at);
            Matcher repetition = REPETITION.matcher(text).region(at, text.length());
            Matcher flags = FLAGS.matcher(text).region(at, text.length());
            if (c == '(' && flags.lookingAt()) {
                at = flags.end(); // compiles to nothing, so the last part remains the same
            } else if (c == '(') {
                groups.push(group);
                group = new long[] {1, 0};
                at++;
            } else if (c == ')' && !groups.isEmpty()) {
                long inner = group[0];
                group = groups.pop();
                add(group, inner);
                at++;
            } else if (c == '{' && repetition.lookingAt()) {
                long least = Long.parseLong(repetition.group(1));
                boolean hasMost =
                        repetition.group(2) != null && !repetition.group(2).isEmpty();
                long most = hasMost ? Long.parseLong(repetition.group(2)) : least + 1;
                long times = Math.max(2, Math.max(least, most));
                group[0] = Math.min(ENDLESS, group[0] + group[1] * (times - 1) * 2);
                group[1] = Math.min(ENDLESS, group[1] * times * 2);
                at = repetition.end();
            } else if (text.startsWith("\\Q", at)) {
                quotation(group);
            } else if (c == '*' || c == '+' || c == '?') {
                // Keeps the last part, since a repetition after an empty quotation or (?i) multiplies it as
                // well.
                group[0] = Math.min(ENDLESS, group[0] + 1);
                group[1]++;
                at++;
            } else if (c == '\\') {
                add(group, 1);
                // A character by its number is not a repetition.
                int end = text.startsWith("\\x{", at) ? text.indexOf('}', at) : -1;
                at = end >= 0 ? end + 1 : at + 2;
            } else if (c == '[') {
                skipClass();
                add(group, 1);
            } else {
                add(group, 1);
                at++;
            }
        }
        while (!groups.isEmpty()) {
            group[0] += groups.pop()[0];
        }
        return group[0];
    }

    /** Reads literal characters up to {@code \E} or the end. Without any, the last part remains the same. */
    private void quotation(long[] group) {
        int from = at + 2;
        int end = text.indexOf("\\E", from);
        for (int i = from; i < (end < 0 ? text.length() : end); i++) {
            add(group, 1);
        }
        at = end < 0 ? text.length() : end + 2;
    }

    private static void add(long[] group, long cost) {
        group[0] = Math.min(ENDLESS, group[0] + cost);
        group[1] = cost;
    }

    /** Returns the position after the bracket that ends a character class. */
    private void skipClass() {
        at++;
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
        }
        boolean first = true;
        while (at < text.length() && (first || text.charAt(at) != ']')) {
            int named = text.startsWith("[:", at) ? text.indexOf(":]", at + 2) : -1;
            at = named >= 0 ? named + 2 : at + (text.charAt(at) == '\\' ? 2 : 1);
            first = false;
        }
        at++;
    }
}
