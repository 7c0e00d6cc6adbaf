package io.jenkins.plugins.airworthy.jenkins.form;

import java.util.List;

/** The lines of a text area, without blank lines. */
public final class FormLines {
    private FormLines() {}

    public static List<String> of(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
