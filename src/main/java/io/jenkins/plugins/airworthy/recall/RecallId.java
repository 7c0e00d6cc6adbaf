package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of an entry, such as {@code R-2026-0007}: a year, and a number in that year. */
public record RecallId(int year, int number) implements Comparable<RecallId> {
    private static final Pattern FORM = Pattern.compile("R-([0-9]{4})-([0-9]{4}|[1-9][0-9]{4,8})");
    private static final Comparator<RecallId> ORDER =
            Comparator.comparingInt(RecallId::year).thenComparingInt(RecallId::number);

    public static RecallId parse(String text) throws InvalidInputException {
        Matcher read = FORM.matcher(text);
        if (!read.matches()) {
            throw new InvalidInputException(
                    "'" + text + "' is not the id of a recall: expected R, a year and a number, such as R-2026-0007");
        }
        return new RecallId(Integer.parseInt(read.group(1)), Integer.parseInt(read.group(2)));
    }

    @Override
    public int compareTo(RecallId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return String.format("R-%04d-%04d", year, number);
    }
}
