package io.jenkins.plugins.airworthy.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant: the one that takes the fewest changes of single letters, if they are few. */
final class Suggestion {
    /** Longer words are no typing errors. */
    private static final int MAX_LENGTH = 64;

    /** One letter in so many may be wrong. */
    private static final int LETTERS_OF_AN_ERROR = 3;

    private Suggestion() {}

    /** The end of a message: empty, or a question. */
    static String question(String word, Collection<String> known) {
        return of(word, known).map(meant -> "; did you mean '" + meant + "'?").orElse("");
    }

    static Optional<String> of(String word, Collection<String> known) {
        String typed = word.toLowerCase(Locale.ROOT);
        if (typed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return known.stream()
                .filter(each -> distance(typed, each) <= Math.max(1, each.length() / LETTERS_OF_AN_ERROR))
                .min(Comparator.comparingInt((String each) -> distance(typed, each))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** How many letters must be changed, added, removed, or swapped with their neighbour. */
    private static int distance(String from, String to) {
        int[][] costs = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                costs[i][j] = cost(costs, from, to, i, j);
            }
        }
        return costs[from.length()][to.length()];
    }

    private static int cost(int[][] costs, String from, String to, int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int least = Math.min(costs[i - 1][j - 1] + (same ? 0 : 1), Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, costs[i - 2][j - 2] + 1) : least;
    }
}
