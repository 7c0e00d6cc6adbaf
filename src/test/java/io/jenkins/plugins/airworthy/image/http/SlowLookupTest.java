package io.jenkins.plugins.airworthy.image.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.InterruptedIOException;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A name server that does not answer. */
@Timeout(60)
class SlowLookupTest {
    private static Object unanswered(Duration limit) throws Exception {
        return HostLookup.answer(
                () -> {
                    Thread.sleep(300_000);
                    return "never";
                },
                limit);
    }

    @Test
    void waitsForALimitedTime() {
        assertThatThrownBy(() -> unanswered(Duration.ofMillis(100))).isInstanceOf(TimedOutException.Connecting.class);
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> unanswered(Duration.ofMinutes(4))).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Through a proxy somebody else connects, and only the name can be looked at. */
    @Test
    void detectsANameOfThisMachine() throws Exception {
        assertThat(HostLookup.leadsHere("localhost", Duration.ofSeconds(10))).isTrue();
        assertThat(HostLookup.leadsHere("192.0.2.1", Duration.ofSeconds(10))).isFalse();
    }
}
