package io.jenkins.plugins.airworthy.policy.waiver;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.NamePattern;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * An accepted recall for some images until a day, with the person responsible and the reason.
 *
 * @param recall the id of the entry
 * @param until the last day, in UTC, on which the waiver applies
 */
public record RecallWaiver(String recall, List<NamePattern> images, LocalDate until, String reason, String by) {
    public RecallWaiver {
        images = List.copyOf(images);
    }

    public boolean isFor(ImageReference image) {
        return images.stream().anyMatch(pattern -> pattern.match(image).isPresent());
    }

    public boolean hasExpired(Instant now) {
        return !now.isBefore(until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
