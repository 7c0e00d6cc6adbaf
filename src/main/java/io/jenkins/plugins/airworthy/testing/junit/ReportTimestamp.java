package io.jenkins.plugins.airworthy.testing.junit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The timestamp of a report. */
final class ReportTimestamp {
    /** UTC-12: a timestamp without a zone is at the latest this instant. */
    private static final ZoneOffset LAST_ZONE = ZoneOffset.ofHours(-12);

    private ReportTimestamp() {}

    /** Returns the latest instant that a timestamp can mean. Many tools write a local time without a zone, some write no time. */
    static Optional<Instant> latest(String timestamp) {
        try {
            return Optional.of(OffsetDateTime.parse(timestamp).toInstant());
        } catch (DateTimeException e) {
            return local(timestamp);
        }
    }

    private static Optional<Instant> local(String timestamp) {
        try {
            return Optional.of(LocalDateTime.parse(timestamp).toInstant(LAST_ZONE));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
