package io.jenkins.plugins.airworthy;

import org.junit.jupiter.api.Test;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

class ClockSkewTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void onlyTimesBeyondTheToleranceAreInTheFuture() {
        assertThat(ClockSkew.isFuture(NOW.plus(ClockSkew.MAX).plusNanos(1), NOW))
                .isTrue();
        assertThat(ClockSkew.isFuture(NOW.plus(ClockSkew.MAX), NOW)).isFalse();
        assertThat(ClockSkew.isFuture(NOW.minusSeconds(1), NOW)).isFalse();
    }
}
