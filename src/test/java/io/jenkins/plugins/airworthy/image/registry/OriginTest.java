package io.jenkins.plugins.airworthy.image.registry;

import org.junit.jupiter.api.Test;

import java.net.URI;

import static org.assertj.core.api.Assertions.assertThat;

/** A credential of one origin is sent to no other. */
class OriginTest {
    private final Origin origin = Origin.of(URI.create("https://registry.example.com/v2/"));

    @Test
    void anotherSchemeHostOrPortIsAnotherOrigin() {
        assertThat(origin)
                .isNotEqualTo(Origin.of(URI.create("http://registry.example.com:443/v2/")))
                .isNotEqualTo(Origin.of(URI.create("https://registry.example.org/v2/")))
                .isNotEqualTo(Origin.of(URI.create("https://registry.example.com:8443/v2/")))
                .isNotEqualTo("https://registry.example.com:443");
        assertThat(Origin.class.getRecordComponents())
                .as("what equals compares")
                .hasSize(3);
    }

    @Test
    void theSameIsTheSameHoweverItIsWritten() {
        Origin written = Origin.of(URI.create("HTTPS://Registry.Example.com:443/other"));
        assertThat(written).isEqualTo(origin).hasSameHashCodeAs(origin);
    }
}
