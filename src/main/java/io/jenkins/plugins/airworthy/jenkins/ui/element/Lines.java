package io.jenkins.plugins.airworthy.jenkins.ui.element;

import java.util.List;

/** The lines of a text area, without those that say nothing. */
public final class Lines {
    private Lines() {}

    public static List<String> of(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
