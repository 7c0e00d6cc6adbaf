package io.jenkins.plugins.airworthy.jenkins.ui.element;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A moment as pages show it: in UTC, like the times in policies and statements.
 *
 * @param machine the form for a {@code time} element
 * @param text the form for a person
 */
public record ShownTime(String machine, String text) {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public static ShownTime of(Instant instant) {
        return new ShownTime(instant.toString(), FORMAT.format(instant));
    }
}
