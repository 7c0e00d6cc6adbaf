package io.jenkins.plugins.airworthy.jenkins.ui.key;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The time since when a key is not believed, as a form sends it: a local date and time that means UTC. */
public final class Revocation {
    private Revocation() {}

    static String suggest(Instant now) {
        return LocalDateTime.ofInstant(now, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }

    /**
     * Reads the field; refuses a time in the future, because the key would be believed until then. Without a time, none of the key's
     * signatures is believed: {@link Instant#MIN}.
     */
    public static Instant since(String text, Instant now) throws InvalidInputException {
        if (text.isBlank()) {
            return Instant.MIN;
        }
        Instant since;
        try {
            since = LocalDateTime.parse(text.strip()).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new InvalidInputException(
                    "the time since when the key is not believed: expected UTC such as 2026-01-31T12:00, or nothing",
                    e);
        }
        if (since.isAfter(now)) {
            throw new InvalidInputException(
                    "a key cannot be revoked from a moment in the future: until then it would sign");
        }
        return since;
    }
}
