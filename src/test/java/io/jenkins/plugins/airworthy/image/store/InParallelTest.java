package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class InParallelTest {
    private static final InParallel FOUR = new InParallel("test", 4);

    @Test
    void theResultsHaveTheOrderOfTheInputs() throws Exception {
        assertThat(FOUR.map(List.of(60, 20, 40, 0, 10), millis -> {
                    Thread.sleep(millis);
                    return "took " + millis;
                }))
                .containsExactly("took 60", "took 20", "took 40", "took 0", "took 10");
        assertThat(FOUR.map(List.of(), input -> input)).isEmpty();
        assertThat(FOUR.map(List.of(1), input -> Thread.currentThread().getName()))
                .containsExactly(Thread.currentThread().getName());
    }

    @Test
    void theFirstFailureEndsAll() {
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);

        assertThatThrownBy(() -> FOUR.map(List.of("slow", "broken"), input -> {
                    if (input.equals("broken")) {
                        begun.await();
                        throw new UndecidedException("the second is broken");
                    }
                    begun.countDown();
                    Thread.sleep(TimeUnit.SECONDS.toMillis(20));
                    ended.set(true);
                    throw new UndecidedException("the first was too slow");
                }))
                .isInstanceOf(UndecidedException.class)
                .hasMessage("the second is broken");
        assertThat(ended).isFalse();
    }

    @Test
    void noThreadWorksWhenTheCallIsOver() {
        AtomicInteger working = new AtomicInteger();

        assertThatThrownBy(() -> FOUR.map(List.of(1, 2, 3, 4, 5, 6), input -> {
                    working.incrementAndGet();
                    try {
                        if (input == 1) {
                            throw new UndecidedException("broken");
                        }
                        Thread.sleep(TimeUnit.SECONDS.toMillis(20));
                    } catch (InterruptedException e) {
                        lingers();
                        throw e;
                    } finally {
                        working.decrementAndGet();
                    }
                    return input;
                }))
                .hasMessage("broken");
        assertThat(working).hasValue(0);
    }

    /** As whoever closes a file or gives a connection up. */
    private static void lingers() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Test
    void anInterruptEndsAll() throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(2);
        Thread caller = new Thread(() -> {
            try {
                FOUR.map(List.of(1, 2), input -> {
                    begun.countDown();
                    try {
                        Thread.sleep(TimeUnit.SECONDS.toMillis(20));
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        throw e;
                    }
                    return input;
                });
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            } catch (AirworthyException e) {
                throw new AssertionError(e);
            }
        });
        caller.start();
        begun.await();
        caller.interrupt();
        caller.join();
        assertThat(interrupted).hasValue(3);
    }

    @Test
    void passesOnOutOfMemory() {
        assertThatThrownBy(() -> FOUR.map(List.of(1, 2), input -> {
                    throw new OutOfMemoryError("tried");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }
}
