package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.gate.Judged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class PolicyPreviewsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void reportsAFailureInItsOwnWords() throws Exception {
        PolicyPreviews trials = new PolicyPreviews(LONG);
        CountDownLatch asked = new CountDownLatch(1);
        PolicyPreview trial = trials.start("alice", "image", () -> {
            asked.await();
            throw new InvalidInputException("there is no such image");
        });
        assertThat(trial.isRunning()).isTrue();
        assertThat(trial.getFailure()).isEmpty();

        asked.countDown();
        await(trial);

        assertThat(trial.getFailure()).isEqualTo("there is no such image");
        assertThat(trial.getVerdict()).isNull();
    }

    @Test
    void endsWhatTakesTooLong() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        PolicyPreview trial = new PolicyPreviews(Duration.ofMillis(50)).start("alice", "image", () -> {
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts down");
            } finally {
                interrupted.countDown();
            }
        });

        interrupted.await();
        await(trial);

        assertThat(trial.getFailure()).isNotEmpty();
    }

    @Test
    void refusesMoreThanAFewAtOnce() throws Exception {
        PolicyPreviews trials = new PolicyPreviews(LONG);
        CountDownLatch end = new CountDownLatch(1);
        Callable<Judged> work = () -> {
            end.await();
            throw new InvalidInputException("ended");
        };
        for (int i = 0; i < PolicyPreviews.MAX_RUNNING + PolicyPreviews.MAX_WAITING; i++) {
            trials.start("alice", "image", work);
        }

        assertThatThrownBy(() -> trials.start("alice", "image", work))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("try again");
        end.countDown();
    }

    @Test
    void showsATrialOnlyToItsOwner() throws Exception {
        PolicyPreviews trials = new PolicyPreviews(LONG);
        PolicyPreview trial = trials.start("alice", "image", () -> {
            throw new InvalidInputException("no");
        });

        assertThat(trials.find(trial.getId(), "alice")).containsSame(trial);
        assertThat(trials.find(trial.getId(), "mallory")).isEmpty();
        assertThat(trials.find("no-such-trial", "alice")).isEmpty();
    }

    @Test
    void forgetsOldOnes() throws Exception {
        PolicyPreviews trials = new PolicyPreviews(LONG);
        PolicyPreview first = ended(trials);
        for (int i = 0; i < PolicyPreviews.MAX_KEPT; i++) {
            ended(trials);
        }

        assertThat(trials.find(first.getId(), "alice")).isEmpty();
    }

    private static PolicyPreview ended(PolicyPreviews trials) throws Exception {
        PolicyPreview trial = trials.start("alice", "image", () -> {
            throw new InvalidInputException("no");
        });
        await(trial);
        return trial;
    }

    private static void await(PolicyPreview trial) {
        while (trial.isRunning()) {
            Thread.onSpinWait();
        }
    }
}
