package io.jenkins.plugins.airworthy.jenkins.ui.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RevocationTest {
    private static final Instant NOW = Instant.parse("2026-11-23T15:31:43Z");

    @Test
    void acceptsWhatItSuggests() throws InvalidInputException {
        assertThat(Revocation.suggest(NOW)).isEqualTo("2026-11-23T15:31");
        assertThat(Revocation.since(Revocation.suggest(NOW), NOW)).isEqualTo("2026-11-23T15:31:00Z");
    }

    @Test
    void refusesTheFuture() {
        assertThatThrownBy(() -> Revocation.since("2026-11-23T15:32", NOW))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("future");
    }

    @Test
    void believesNothingWithoutATimeAsInCode() throws InvalidInputException {
        assertThat(Revocation.since(" ", NOW)).isEqualTo(Instant.MIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-11-23", "2026-02-30T10:00", "2026-11-23T15:00+02:00"})
    void refusesAnInvalidTime(String text) {
        assertThatThrownBy(() -> Revocation.since(text, NOW)).isInstanceOf(InvalidInputException.class);
    }
}
