package io.jenkins.plugins.airworthy.jenkins.ui.element;

import java.util.Locale;

/** The mark of a state on a page: always a word, with a symbol and a colour. */
public enum StatusMark {
    FAILED("Failed", "symbol-close-circle", "jenkins-!-error-color"),
    WARNED("Warned", "symbol-warning", "jenkins-!-warning-color"),
    WAIVED("Waived", "symbol-warning", "jenkins-!-warning-color"),
    PASSED("Passed", "symbol-check", "jenkins-!-success-color"),
    NOT_APPLICABLE("Left out", "symbol-ellipse", "jenkins-!-text-color-secondary");

    private final String word;
    private final String symbol;
    private final String colour;

    StatusMark(String word, String symbol, String colour) {
        this.word = word;
        this.symbol = symbol;
        this.colour = colour;
    }

    /** The mark of an item's status in a stored verdict. An unknown word is not a pass. */
    public static StatusMark of(String status) {
        for (StatusMark mark : values()) {
            if (mark.name().equals(status)) {
                return mark;
            }
        }
        return FAILED;
    }

    public String word() {
        return word;
    }

    /** A symbol from Jenkins. */
    public String symbol() {
        return symbol;
    }

    /** A CSS class from Jenkins, so that themes decide. */
    public String colour() {
        return colour;
    }

    /** The part of class names in the plugin's own style sheet. */
    public String style() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
