package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.CLOCK;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.NOON;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.ORIGIN;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.copy;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.digest;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.entries;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.entry;
import static io.jenkins.plugins.airworthy.ledger.LedgerFolder.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is recorded stays recorded, is found, and is noticed where it is missing. */
class LedgerTest {
    private final NoteSigner signer = LedgerFolder.signer();

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void place() {
        folder = temporary.resolve("ledger");
    }

    private Ledger open(String... anchors) throws Exception {
        return Ledger.open(folder, signer, CLOCK, List.of(anchors));
    }

    @Test
    void findsEntriesByEveryTermNewestFirst() throws Exception {
        try (Ledger ledger = open()) {
            fill(ledger, 0, 700);
            assertThat(ledger.find(Term.digest(digest("image 3")), 2))
                    .extracting(LedgerReader.Recorded::index)
                    .containsExactly(696L, 689L);
            assertThat(ledger.find(Term.target("registry.example.com/prod/shop:1"), 1_000))
                    .hasSize(233)
                    .allSatisfy(found -> assertThat(found.entry()).isEqualTo(entry(found.index())));
            assertThat(ledger.find(Term.run("team/shop #5"), 9)).hasSize(1);
            assertThat(ledger.find(Term.payload(digest("statement 699")), 9)).hasSize(1);
            assertThat(ledger.find(Term.run("team/shop"), 9)).isEmpty();
            assertThat(ledger.newest(Term.digest(digest("image 0")), found -> found.kind()
                            .equals("promoted")))
                    .isEmpty();
            assertThat(ledger.last(2)).extracting(LedgerReader.Recorded::index).containsExactly(699L, 698L);
            assertThat(ledger.from(698, 9))
                    .extracting(LedgerReader.Recorded::index)
                    .containsExactly(698L, 699L);
        }
    }

    @Test
    void hasTheSameEntriesAfterARestartAtEverySize() throws Exception {
        long size = 0;
        for (int step : new int[] {1, 1, 253, 1, 1, 255, 256, 3, 300}) {
            try (Ledger ledger = open()) {
                assertThat(ledger.size()).isEqualTo(size);
                for (long index = 0; index < size; index++) {
                    assertThat(ledger.entry(index)).isEqualTo(entry(index));
                }
                fill(ledger, size, size + step);
                size += step;
            }
        }
    }

    @Test
    void keepsWhatWasNotYetInACheckpointThroughACrash() throws Exception {
        Path crashed = temporary.resolve("crashed");
        try (Ledger ledger = open()) {
            fill(ledger, 0, 300);
            ledger.append(entry(300));
            ledger.append(entry(301));
            copy(folder, crashed);
        }
        try (Ledger ledger = Ledger.open(crashed, signer, CLOCK, List.of())) {
            assertThat(ledger.size()).isEqualTo(302);
            assertThat(ledger.entry(301)).isEqualTo(entry(301));
            ledger.append(entry(302));
        }
    }

    @Test
    void losesNoAcknowledgedEntryAndGetsNoHalfOneWhereverAWriteIsCut() throws Exception {
        Path crashed = temporary.resolve("crashed");
        long before;
        try (Ledger ledger = open()) {
            ledger.append(entry(0));
            before = Files.size(folder.resolve("journal"));
            ledger.appendAll(entries(1, 3));
            copy(folder, crashed);
        }
        byte[] journal = Files.readAllBytes(crashed.resolve("journal"));
        for (int length = (int) before; length < journal.length; length += 7) {
            Path cut = temporary.resolve("cut");
            copy(crashed, cut);
            Files.write(cut.resolve("journal"), java.util.Arrays.copyOf(journal, length));
            try (Ledger ledger = Ledger.open(cut, signer, CLOCK, List.of())) {
                assertThat(ledger.size()).isEqualTo(1);
                assertThat(ledger.append(entry(1))).isEqualTo(1);
            }
        }
    }

    @Test
    void opensWithACheckpointThatIsNewerThanTheJournal() throws Exception {
        Path crashed = temporary.resolve("crashed");
        try (Ledger ledger = open()) {
            ledger.appendAll(entries(0, 3));
            copy(folder, crashed);
            ledger.checkpoint();
            Files.copy(crashed.resolve("journal"), temporary.resolve("journal"));
            copy(folder, crashed);
        }
        Files.copy(temporary.resolve("journal"), crashed.resolve("journal"), StandardCopyOption.REPLACE_EXISTING);
        try (Ledger ledger = Ledger.open(crashed, signer, CLOCK, List.of())) {
            assertThat(ledger.size()).isEqualTo(3);
            ledger.append(entry(3));
        }
        try (Ledger ledger = Ledger.open(crashed, signer, CLOCK, List.of())) {
            assertThat(ledger.from(0, 9)).hasSize(4);
        }
    }

    @Test
    void givesEachOfManyWritersItsOwnIndex() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try (Ledger ledger = open()) {
            List<Future<Long>> indexes = new ArrayList<>();
            for (long number = 0; number < 600; number++) {
                Entry entry = entry(number);
                indexes.add(writers.submit(() -> ledger.append(entry)));
            }
            for (int number = 0; number < indexes.size(); number++) {
                assertThat(ledger.entry(indexes.get(number).get())).isEqualTo(entry(number));
            }
            assertThat(ledger.size()).isEqualTo(600);
        } finally {
            writers.shutdownNow();
        }
    }

    @Test
    void recordsForAThreadThatIsInterrupted() throws Exception {
        try (Ledger ledger = open()) {
            Thread.currentThread().interrupt();
            ledger.append(entry(0));
            ledger.checkpoint();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(ledger.append(entry(1))).isEqualTo(1);
        }
    }

    @Test
    void signsACheckpointOfTheTree() throws Exception {
        try (Ledger ledger = open()) {
            fill(ledger, 0, 70_000);
            Checkpoint checkpoint = signer.publicKey().open(ledger.checkpoint(), "checkpoint");
            assertThat(checkpoint.origin()).isEqualTo(ORIGIN);
            assertThat(checkpoint.size()).isEqualTo(70_000);
            Path tiles = folder.resolve("log").resolve("tile");
            assertThat(tiles.resolve("0/272")).hasSize(8_192);
            assertThat(tiles.resolve("0/273.p/112")).hasSize(112 * 32);
            assertThat(tiles.resolve("1/000")).hasSize(8_192);
            assertThat(tiles.resolve("1/001.p/17")).hasSize(17 * 32);
            assertThat(tiles.resolve("2/000.p/1")).hasSize(32);
            assertThat(tiles.resolve("0/272.p")).doesNotExist();
        }
    }

    @Test
    void refusesASecondWriterAtOnce() throws Exception {
        try (Ledger ledger = open()) {
            ledger.append(entry(0));
            assertThatThrownBy(this::open)
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("another writer has this ledger (process "
                            + ProcessHandle.current().pid() + " of ");
        }
        open().close();
    }

    @Test
    void refusesAnEntryThatIsTooLong() throws Exception {
        try (Ledger ledger = open()) {
            int own = entry(0).with("x", "").line().length;
            Entry longest = entry(0).with("x", "y".repeat(Entry.MAX_BYTES - own));
            assertThat(longest.line()).hasSize(Entry.MAX_BYTES);
            assertThat(ledger.append(longest)).isZero();
            assertThatThrownBy(() -> ledger.append(entry(0).with("x", "y".repeat(64 * 1024 + 1 - own))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("takes 65537 bytes, and a ledger's entry may have 65535");
            assertThat(ledger.size()).isEqualTo(1);
        }
    }

    @Test
    void refusesAnEntryThatCouldNotBeReadAgain() throws Exception {
        try (Ledger ledger = open()) {
            assertThatThrownBy(() -> ledger.append(entry(0).with("Digest", "x")))
                    .isInstanceOf(InvalidInputException.class);
            assertThat(ledger.append(entry(0))).isZero();
        }
    }

    @Test
    void noticesThatItWasRestoredFromABackup() throws Exception {
        Path backup = temporary.resolve("backup");
        try (Ledger ledger = open()) {
            fill(ledger, 0, 10);
        }
        copy(folder, backup);
        String anchor;
        try (Ledger ledger = open()) {
            fill(ledger, 10, 20);
            anchor = ledger.checkpoint();
        }
        copy(backup, folder);
        try (Ledger ledger = open(anchor)) {
            assertThat(ledger.health().problems())
                    .containsExactly("a checkpoint of 20 entries of " + ORIGIN
                            + " was seen elsewhere, but this ledger has 10: it was cut, or restored from a backup");
            assertThatThrownBy(() -> ledger.append(entry(10))).isInstanceOf(UndecidedException.class);
            assertThatThrownBy(ledger::checkpoint).isInstanceOf(UndecidedException.class);
            assertThat(ledger.entry(9)).isEqualTo(entry(9));

            long index = ledger.continueAfter("the disk was lost");
            assertThat(ledger.health().isGood()).isTrue();
            assertThat(ledger.origin()).isEqualTo(ORIGIN + "#2");
            Entry continued = ledger.entry(index);
            assertThat(continued.kind()).isEqualTo("continued");
            assertThat(continued.members().string("lost")).isEqualTo(ORIGIN);
            assertThat(continued.members().count("afterSize")).isEqualTo(10);
            assertThat(continued.members().count("lostSize")).isEqualTo(20);
            assertThat(ledger.texts().read(Digest.member(continued.members(), "reason")))
                    .contains("the disk was lost");
            assertThat(ledger.checkpoint()).startsWith(ORIGIN + "#2\n11\n");
        }
        try (Ledger ledger = open(anchor)) {
            assertThat(ledger.origin()).isEqualTo(ORIGIN + "#2");
            assertThat(ledger.health().isGood()).isTrue();
            ledger.append(entry(11));
        }
    }

    @Test
    void noticesAForkAndACopyOfWhatWasContinued() throws Exception {
        Path other = temporary.resolve("other");
        try (Ledger ledger = open()) {
            fill(ledger, 0, 10);
        }
        copy(folder, other);
        String anchor;
        try (Ledger ledger = open()) {
            ledger.append(entry(77));
            anchor = ledger.checkpoint();
        }
        String continued;
        try (Ledger ledger = Ledger.open(other, signer, CLOCK, List.of())) {
            fill(ledger, 10, 600);
            ledger.compare(List.of(anchor));
            assertThat(ledger.health().tree().orElseThrow())
                    .endsWith("and the first 11 entries of this ledger are others: it is a fork");
            ledger.continueAfter("two controllers ran");
            continued = ledger.checkpoint();
        }
        try (Ledger ledger = open(continued)) {
            assertThat(ledger.health().tree().orElseThrow()).endsWith("it was continued since, and this is a copy");
            ledger.continueAfter("this one goes on");
            assertThat(ledger.origin()).isEqualTo(ORIGIN + "#3");
        }
    }

    @Test
    void comparesWithACheckpointOfEntriesThatAreOnlyInTheJournal() throws Exception {
        Path crashed = temporary.resolve("crashed");
        String anchor;
        try (Ledger ledger = open()) {
            ledger.appendAll(entries(0, 5));
            ledger.append(entry(5));
            copy(folder, crashed);
            anchor = ledger.checkpoint();
        }
        try (Ledger ledger = Ledger.open(crashed, signer, CLOCK, List.of(anchor))) {
            assertThat(ledger.health().isGood()).isTrue();
        }
    }

    @Test
    void believesNoAnchorThatItDidNotSign() throws Exception {
        String foreign =
                LedgerFolder.signer().sign(ORIGIN, ORIGIN + "\n99\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
        try (Ledger ledger = open(foreign, "nonsense")) {
            assertThat(ledger.health().isGood()).isTrue();
            assertThat(ledger.health().foreign()).isEqualTo(2);
        }
    }

    @Test
    void saysThatTheClockIsBehindTheNewestEntry() throws Exception {
        try (Ledger ledger = open()) {
            ledger.append(entry(0));
        }
        Clock early = Clock.offset(CLOCK, Duration.ofHours(-2));
        try (Ledger ledger = Ledger.open(folder, signer, early, List.of())) {
            assertThat(ledger.health().problems())
                    .containsExactly("the clock says 2026-05-01T10:00:00Z, but the newest entry of the ledger is from "
                            + NOON.minusSeconds(3_600) + ": set the clock");
            ledger.append(Entry.of("verdict", early.instant()));
        }
        try (Ledger ledger = Ledger.open(folder, signer, CLOCK, List.of())) {
            assertThat(ledger.health().isGood()).isTrue();
        }
    }

    @Test
    void keepsTextsUntilTheyAreErased() throws Exception {
        try (Ledger ledger = open()) {
            Digest text = ledger.texts().keep("Alice, because");
            assertThat(ledger.texts().keep("Alice, because")).isNotEqualTo(text);
            assertThat(ledger.texts().read(text)).contains("Alice, because");
            ledger.texts().erase(text);
            assertThat(ledger.texts().read(text)).isEmpty();
        }
    }

    @Test
    void refusesAnotherKey() throws Exception {
        open().close();
        assertThatThrownBy(() -> Ledger.open(folder, LedgerFolder.signer(), CLOCK, List.of()))
                .hasMessageContaining("has no signature of the log " + ORIGIN);
    }
}
