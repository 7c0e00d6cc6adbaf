package io.jenkins.plugins.airworthy.image.registry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BodyStreamTest {
    /** The command line lets the client read 256 KiB at once: with 64 such buffers for each layer it ran out of memory. */
    @ParameterizedTest
    @ValueSource(ints = {16 * 1024, 64 * 1024, 256 * 1024, 512 * 1024})
    void waitsWithTheSameBytesWhateverBuffersTheClientHas(int buffer) {
        assertThat((long) BodyStream.window(buffer) * buffer).isEqualTo(BodyStream.WINDOW_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1024 * 1024, Integer.MAX_VALUE})
    void canAlwaysReadWhileMoreComes(int buffer) {
        assertThat(BodyStream.window(buffer)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aWantOfMemoryIsNoLostConnection() {
        try (BodyStream body = new BodyStream(Duration.ofSeconds(5))) {
            body.onError(new IOException("told by the client", new OutOfMemoryError("tried")));
            assertThatThrownBy(body::read).isInstanceOf(OutOfMemoryError.class);
        }
        try (BodyStream body = new BodyStream(Duration.ofSeconds(5))) {
            body.onError(new IOException("told by the client"));
            assertThatThrownBy(body::read).isInstanceOf(IOException.class);
        }
    }
}
