package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.ScanResult.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrivyVersionTest {
    private static final Optional<Database> OLD = Optional.of(new Database(Instant.parse("2026-11-01T00:00:00Z")));
    private static final Optional<Database> NEW = Optional.of(new Database(Instant.parse("2026-11-02T00:00:00Z")));

    @ParameterizedTest
    @ValueSource(strings = {"0.58.1", "0.73.9", "1.0.0", "dev", "", "0.74", "0.74.0; rm", "0.74.0\n"})
    void refusesUntestedVersions(String version) {
        assertThatThrownBy(() -> version(version).require()).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.74.0", "v0.74.2", "0.80.0"})
    void acceptsTheTestedVersionAndNewerOnes(String version) {
        assertThatCode(() -> version(version).require()).doesNotThrowAnyException();
    }

    @Test
    void namesTheTestedVersion() {
        assertThat(version("0.74.3").isTested()).isTrue();
        assertThat(version("0.75.0").isTested()).isFalse();
        assertThat(version("0.740.0").isTested()).isFalse();
    }

    @Test
    void readsWhenTheDatabasesWereMade() throws Exception {
        TrivyVersion read = TrivyVersion.parse("""
                {"Version":"0.74.0","VulnerabilityDB":{"Version":2,"UpdatedAt":"2026-11-01T00:00:00Z"},
                 "CheckBundle":{"Digest":"sha256:1"}}""".getBytes(StandardCharsets.UTF_8));

        assertThat(read).isEqualTo(new TrivyVersion("0.74.0", OLD, Optional.empty()));
    }

    @Test
    void namesTheOlderDateOfADatabaseThatChangedDuringTheScan() {
        assertThat(new TrivyVersion("0.74.0", OLD, NEW).until(new TrivyVersion("0.74.0", NEW, OLD)))
                .isEqualTo(new TrivyVersion("0.74.0", OLD, OLD));
        assertThat(version("0.74.0").until(new TrivyVersion("0.74.0", NEW, NEW)))
                .isEqualTo(new TrivyVersion("0.74.0", NEW, NEW));
        assertThat(new TrivyVersion("0.74.0", OLD, OLD).until(version("0.74.0")))
                .isEqualTo(version("0.74.0"));
    }

    private static TrivyVersion version(String number) {
        return new TrivyVersion(number, Optional.empty(), Optional.empty());
    }
}
