package io.jenkins.plugins.airworthy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class TimeLimitTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(100);

    @Test
    void returnsTheResultOfWorkThatEndsInTime() throws Exception {
        assertThat(TimeLimit.<String>within(LONG, "the work", "here", () -> "done"))
                .isEqualTo("done");
        assertThatThrownBy(() -> TimeLimit.within(LONG, "the work", "here", () -> {
                    throw new InvalidInputException("bad");
                }))
                .hasMessage("bad");
    }

    @Test
    void waitingTooLongIsUndecidedAndLeavesTheThreadUninterrupted() {
        assertThatThrownBy(() -> TimeLimit.within(SHORT, "the work", "--minutes", () -> {
                    new CountDownLatch(1).await();
                    return "never";
                }))
                .isInstanceOf(UndecidedException.class)
                .hasMessage("the work took longer than the allowed 0.1 seconds and was stopped: check the registry,"
                        + " or allow more time (--minutes)");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void workThatIgnoresInterruptsIsUndecidedToo() {
        assertThatThrownBy(() -> TimeLimit.within(SHORT, "the work", "--minutes", () -> {
                    long until = System.nanoTime() + Duration.ofMillis(400).toNanos();
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    return "late";
                }))
                .isInstanceOf(UndecidedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptByAnotherThreadRemainsAnInterrupt() {
        assertThatThrownBy(() -> TimeLimit.within(LONG, "the work", "--minutes", () -> {
                    Thread.currentThread().interrupt();
                    new CountDownLatch(1).await();
                    return "never";
                }))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void doesNotInterruptAfterTheWork() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        TimeLimit.within(SHORT, "the work", "--minutes", () -> {
            done.set(true);
            return "done";
        });
        Thread.sleep(2 * SHORT.toMillis());
        assertThat(done).isTrue();
    }
}
