package io.jenkins.plugins.airworthy.ledger;

/** The names of files in a log (<a href="https://c2sp.org/tlog-tiles">tlog-tiles</a>). */
final class TilePath {
    static final String CHECKPOINT = "checkpoint";

    /** How many hashes a full tile has, and entries a full bundle. */
    static final int WIDTH = 256;

    /** The exponent of {@link #WIDTH}. */
    static final int HEIGHT = 8;

    private static final int GROUP = 1_000;

    private TilePath() {}

    /** @param width {@link #WIDTH}, or less for a partial tile */
    static String tile(int level, long number, int width) {
        return "tile/" + level + "/" + path(number) + suffix(width);
    }

    static String entries(long number, int width) {
        return "tile/entries/" + path(number) + suffix(width);
    }

    private static String suffix(int width) {
        return width == WIDTH ? "" : ".p/" + width;
    }

    private static String path(long number) {
        String path = String.format("%03d", number % GROUP);
        for (long rest = number / GROUP; rest > 0; rest /= GROUP) {
            path = String.format("x%03d/", rest % GROUP) + path;
        }
        return path;
    }
}
