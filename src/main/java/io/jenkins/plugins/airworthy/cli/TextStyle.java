package io.jenkins.plugins.airworthy.cli;

/** The meaning of a piece of text, and the terminal's colour for it. */
enum TextStyle {
    PLAIN(""),
    STRONG("\u001b[1m"),
    FAINT("\u001b[2m"),
    GOOD("\u001b[32m"),
    BAD("\u001b[1;31m"),
    CAUTION("\u001b[33m");

    private static final String END = "\u001b[0m";

    private final String start;

    TextStyle(String start) {
        this.start = start;
    }

    String on(String text) {
        return this == PLAIN ? text : start + text + END;
    }
}
