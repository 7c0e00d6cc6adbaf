package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.jenkins.ui.HostileText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RecentVerdictsTest {
    @TempDir
    private Path folder;

    private RecentVerdicts verdicts;

    @BeforeEach
    void open() {
        verdicts = new RecentVerdicts(TestLedger.in(folder));
    }

    private List<RecentVerdict> afterAStart() throws Exception {
        TestLedger.in(folder).close();
        try (ControllerLedger started = TestLedger.fresh(folder)) {
            return new RecentVerdicts(started).latest();
        }
    }

    @Test
    void isEmptyBeforeTheFirst() throws Exception {
        assertThat(verdicts.latest()).isEmpty();
    }

    @Test
    void remembersAcrossRestartsNewestFirst() throws Exception {
        verdicts.add(verdict(1));
        verdicts.add(verdict(2));

        assertThat(afterAStart()).containsExactly(verdict(2), verdict(1));
    }

    @Test
    void keepsABoundedNumberInMemory() throws Exception {
        int all = RecentVerdicts.KEPT + 10;
        for (int i = 0; i < all; i++) {
            verdicts.add(verdict(i));
        }

        assertThat(verdicts.latest()).hasSize(RecentVerdicts.KEPT).startsWith(verdict(all - 1));
        assertThat(new RecentVerdicts(TestLedger.in(folder)).latest()).isEqualTo(verdicts.latest());
    }

    @Test
    void letsNoNameBeginALineOfItsOwn() throws Exception {
        verdicts.add(new RecentVerdict(
                Instant.EPOCH, "job\n{\"schemaVersion\":1}", 1, 0, HostileText.SCRIPT, "", "p", true, true));

        assertThat(verdicts.latest()).singleElement().satisfies(v -> assertThat(v.job())
                .doesNotContain("\n"));
    }

    @Test
    void losesNoneOfManyThreads() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int from = i * 10;
            threads.add(new Thread(() -> {
                for (int n = from; n < from + 10; n++) {
                    try {
                        verdicts.add(verdict(n));
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(verdicts.latest()).hasSize(80).doesNotHaveDuplicates();
    }

    @Test
    void aJobTakesItsVerdictsAlongAndLeavesNoneToTheNextOfItsOldName() throws Exception {
        verdicts.add(verdict(1));
        verdicts.add(verdict(2, "team/app2"));
        TestLedger.in(folder).names().move("team/app", "other/app");
        verdicts.add(verdict(3));

        for (List<RecentVerdict> each : List.of(verdicts.latest(), afterAStart())) {
            assertThat(each).containsExactly(verdict(3), verdict(2, "team/app2"), verdict(1, "other/app"));
        }
    }

    @Test
    void aDeletedJobOrFolderTakesItsVerdictsAway() throws Exception {
        verdicts.add(verdict(1));
        verdicts.add(verdict(2, "team"));
        verdicts.add(verdict(3, "team2/app"));
        TestLedger.in(folder).names().erase("team");
        assertThat(verdicts.latest()).containsExactly(verdict(3, "team2/app"));

        TestLedger.in(folder).names().erase("team2/app");
        assertThat(afterAStart()).isEmpty();
    }

    private static RecentVerdict verdict(int number) {
        return verdict(number, "team/app");
    }

    private static RecentVerdict verdict(int number, String job) {
        return new RecentVerdict(
                Instant.EPOCH.plusSeconds(number), job, number, 0, "reg.example.com/app", "", "p", false, false);
    }
}
