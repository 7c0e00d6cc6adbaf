package io.jenkins.plugins.airworthy.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The width of help in columns, and texts broken to it. */
final class PageWidth {
    /** Where nothing is known of the reader. */
    static final int DEFAULT = 100;

    private static final int LEAST = 40;
    private static final int MOST = 120;

    /** A name, then its description in a column of its own. */
    private static final Pattern COLUMNS = Pattern.compile("( +\\S+(?: \\S+)*? {2,})\\S.*");

    private PageWidth() {}

    /** The variable {@code COLUMNS}, else the width of the terminal that help goes to. */
    static int of(CommandEnvironment environment) {
        int wanted = environment
                .variable("COLUMNS")
                .filter(text -> text.matches("[0-9]{1,5}"))
                .map(Integer::parseInt)
                .filter(columns -> columns > 0)
                .orElseGet(() -> environment.colours() ? Terminal.columns().orElse(DEFAULT) : DEFAULT);
        return Math.max(LEAST, Math.min(MOST, wanted));
    }

    /** Breaks lines that are too long. What follows a line is indented as its description. */
    static String wrap(String text, int width) {
        StringBuilder wrapped = new StringBuilder();
        text.lines().forEach(line -> broken(line, width)
                .forEach(part -> wrapped.append(part).append(System.lineSeparator())));
        return wrapped.toString();
    }

    private static List<String> broken(String line, int width) {
        List<String> parts = new ArrayList<>();
        Matcher columns = COLUMNS.matcher(line);
        int description = columns.matches()
                ? columns.end(1)
                : line.length() - line.stripLeading().length();
        String indent = " ".repeat(Math.min(description, width / 2));
        String rest = line;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int start = rest.length() - rest.stripLeading().length();
            if (space <= start) {
                space = rest.indexOf(' ', start); // a word that is too long has a line of its own
            }
            if (space < 0) {
                break;
            }
            parts.add(rest.substring(0, space).stripTrailing());
            rest = indent + rest.substring(space).strip();
        }
        parts.add(rest);
        return parts;
    }
}
