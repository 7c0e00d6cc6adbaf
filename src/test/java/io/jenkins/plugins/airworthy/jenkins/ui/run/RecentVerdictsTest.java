package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.jenkins.ui.HostileText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RecentVerdictsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("airworthy/verdicts.jsonl");
    }

    @Test
    void isEmptyBeforeTheFirst() throws Exception {
        assertThat(new RecentVerdicts(file).latest()).isEmpty();
    }

    @Test
    void remembersAcrossRestartsNewestFirst() throws Exception {
        RecentVerdicts before = new RecentVerdicts(file);
        before.add(verdict(1));
        before.add(verdict(2));

        assertThat(new RecentVerdicts(file).latest()).containsExactly(verdict(2), verdict(1));
    }

    @Test
    void keepsABoundedNumberInMemoryAndOnDisk() throws Exception {
        RecentVerdicts verdicts = new RecentVerdicts(file);
        int all = RecentVerdicts.MAX_LINES + 10;
        for (int i = 0; i < all; i++) {
            verdicts.add(verdict(i));
        }

        assertThat(verdicts.latest()).hasSize(RecentVerdicts.KEPT).startsWith(verdict(all - 1));
        assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(RecentVerdicts.MAX_LINES);
        assertThat(new RecentVerdicts(file).latest()).isEqualTo(verdicts.latest());
    }

    @Test
    void passesOverALineThatWasCutOffOrEdited() throws Exception {
        new RecentVerdicts(file).add(verdict(1));
        Files.write(file, new byte[] {'{', '"', (byte) 0xff, '\n'}, StandardOpenOption.APPEND);
        new RecentVerdicts(file).add(verdict(2));

        assertThat(new RecentVerdicts(file).latest()).containsExactly(verdict(2), verdict(1));
    }

    /** It was joined with the next one, which was lost with it. */
    @Test
    void aLineThatACrashCutShortDoesNotSpoilTheNext() throws Exception {
        new RecentVerdicts(file).add(verdict(1));
        Files.writeString(file, "{\"schemaVersion\":1,\"ti", StandardOpenOption.APPEND);
        new RecentVerdicts(file).add(verdict(2));

        assertThat(new RecentVerdicts(file).latest()).containsExactly(verdict(2), verdict(1));
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void passesOverALineThatIsTooLong() throws Exception {
        new RecentVerdicts(file).add(verdict(1));
        Files.writeString(file, "x".repeat(RecentVerdicts.MAX_LINE_BYTES + 1) + "\n", StandardOpenOption.APPEND);
        new RecentVerdicts(file).add(verdict(2));

        assertThat(new RecentVerdicts(file).latest()).containsExactly(verdict(2), verdict(1));
    }

    @Test
    void letsNoNameBeginALineOfItsOwn() throws Exception {
        RecentVerdicts verdicts = new RecentVerdicts(file);
        verdicts.add(new RecentVerdict(
                Instant.EPOCH, "job\n{\"schemaVersion\":1}", 1, 0, HostileText.SCRIPT, "", "p", true, true));

        assertThat(Files.readAllLines(file, StandardCharsets.UTF_8)).hasSize(1);
        assertThat(new RecentVerdicts(file).latest()).singleElement().satisfies(v -> assertThat(v.job())
                .doesNotContain("\n"));
    }

    @Test
    void losesNoneOfManyThreads() throws Exception {
        RecentVerdicts verdicts = new RecentVerdicts(file);
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

        assertThat(new RecentVerdicts(file).latest()).hasSize(80).doesNotHaveDuplicates();
    }

    @Test
    void aJobTakesItsVerdictsAlongAndLeavesNoneToTheNextOfItsOldName() throws Exception {
        RecentVerdicts verdicts = new RecentVerdicts(file);
        verdicts.add(verdict(1));
        verdicts.add(verdict(2, "team/app2"));
        verdicts.move("team/app", "other/app");
        verdicts.add(verdict(3));

        for (RecentVerdicts each : List.of(verdicts, new RecentVerdicts(file))) {
            assertThat(each.latest()).containsExactly(verdict(3), verdict(2, "team/app2"), verdict(1, "other/app"));
        }
    }

    @Test
    void aDeletedJobOrFolderTakesItsVerdictsAway() throws Exception {
        RecentVerdicts verdicts = new RecentVerdicts(file);
        verdicts.add(verdict(1));
        verdicts.add(verdict(2, "team"));
        verdicts.add(verdict(3, "team2/app"));
        verdicts.remove("team");
        assertThat(verdicts.latest()).containsExactly(verdict(3, "team2/app"));

        verdicts.remove("team2/app");
        assertThat(new RecentVerdicts(file).latest()).isEmpty();
    }

    private static RecentVerdict verdict(int number) {
        return verdict(number, "team/app");
    }

    private static RecentVerdict verdict(int number, String job) {
        return new RecentVerdict(
                Instant.EPOCH.plusSeconds(number), job, number, 0, "reg.example.com/app", "", "p", false, false);
    }
}
