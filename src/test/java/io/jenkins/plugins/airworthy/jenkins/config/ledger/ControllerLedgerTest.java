package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The controller keeps one ledger, and signs nothing when it is not the one that it was. */
class ControllerLedgerTest {
    private static final String FINGERPRINT = "ab".repeat(32);
    private static final Digest IMAGE = digest("image");
    private static final Instant LATER = Instant.parse("9999-01-01T00:00:00Z");

    @TempDir
    Path home;

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SignatureLog.Entry signature(String payload) {
        return new SignatureLog.Entry(
                Instant.parse("2026-05-01T12:00:00Z"),
                "team/shop#7",
                IMAGE,
                digest(payload),
                "https://slsa.dev/provenance/v1",
                "release",
                FINGERPRINT);
    }

    /** As an earlier version wrote it. */
    private static String line(String payload) {
        return "{\"schemaVersion\":1,\"time\":\"2026-05-01T12:00:00Z\",\"run\":\"team/shop#7\",\"digest\":\"" + IMAGE
                + "\",\"payload\":\"" + digest(payload)
                + "\",\"predicateType\":\"https://slsa.dev/provenance/v1\",\"key\":\"release\",\"fingerprint\":\""
                + FINGERPRINT + "\"}\n";
    }

    private static String forgotten(String payload) {
        return "{\"schemaVersion\":1,\"time\":\"2026-05-01T12:00:00Z\",\"pruned\":true,\"digest\":\"" + IMAGE
                + "\",\"payload\":\"" + digest(payload) + "\",\"by\":\"alice\",\"reason\":\"wrong\"}\n";
    }

    private static String verdict(int number) {
        return "{\"schemaVersion\":1,\"at\":\"2026-05-01T12:00:00Z\",\"job\":\"team/shop\",\"number\":" + number
                + ",\"index\":1,\"image\":\"registry.example.com/a:1\",\"target\":\"\",\"policy\":\"production\",\"passed\":true,\"promoted\":false}\n";
    }

    private boolean holds(ControllerLedger ledger, String payload) throws Exception {
        return new SignatureLog(ledger).holds(IMAGE, digest(payload), FINGERPRINT, LATER);
    }

    private static List<String> kinds(ControllerLedger ledger) throws Exception {
        return ledger.open().from(0, 100_000).stream()
                .map(LedgerReader.Recorded::entry)
                .map(Entry::kind)
                .toList();
    }

    @Test
    void keepsItsEntriesItsNameAndItsKeyAcrossStarts() throws Exception {
        String key;
        try (ControllerLedger first = TestLedger.fresh(home)) {
            new SignatureLog(first).append(signature("a"));
            key = first.key().orElseThrow().text();
            assertThat(key).startsWith("ci.example.com/jenkins/airworthy/ledger+");
        }
        try (ControllerLedger second = TestLedger.fresh(home)) {
            assertThat(new SignatureLog(second).about(IMAGE)).containsExactly(signature("a"));
            assertThat(second.key().orElseThrow().text()).isEqualTo(key);
        }
    }

    @Test
    void takesTheRecordsOfEarlierVersionsOnce() throws Exception {
        Files.writeString(home.resolve("signatures.jsonl"), line("a") + "damaged\n" + line("b") + forgotten("b"));
        Files.writeString(home.resolve("verdicts.jsonl"), verdict(1) + verdict(2));
        try (ControllerLedger upgraded = TestLedger.fresh(home)) {
            assertThat(new SignatureLog(upgraded).about(IMAGE)).containsExactly(signature("a"));
            assertThat(holds(upgraded, "b")).isTrue();
            assertThat(kinds(upgraded))
                    .containsExactly("opened", "signature", "signature", "pruned", "verdict", "verdict", "upgraded");
            assertThat(upgraded.open().last(1).get(0).entry().more().path("lines"))
                    .hasToString(
                            "{\"signatures.jsonl\":{\"read\":4,\"damaged\":1},\"verdicts.jsonl\":{\"read\":2,\"damaged\":0}}");
        }
        assertThat(home.resolve("signatures.jsonl")).doesNotExist();
        assertThat(home.resolve("signatures.jsonl.imported")).exists();
        assertThat(home.resolve("verdicts.jsonl.imported")).exists();
    }

    /** Otherwise whoever writes such a file would be believed at the next start. */
    @Test
    void believesNoFileThatAppearsAfterTheUpgrade() throws Exception {
        TestLedger.fresh(home).close();
        try (ControllerLedger first = TestLedger.fresh(home)) {
            first.open();
        }
        Files.writeString(home.resolve("signatures.jsonl"), line("evil"));
        try (ControllerLedger second = TestLedger.fresh(home)) {
            assertThat(holds(second, "evil")).isFalse();
            assertThat(kinds(second)).containsExactly("opened", "upgraded");
        }
        assertThat(home.resolve("signatures.jsonl")).exists();
    }

    @Test
    void goesOnWhereAnUpgradeWasInterrupted() throws Exception {
        StringBuilder lines = new StringBuilder();
        int all = 700;
        for (int i = 0; i < all; i++) {
            lines.append(line("statement " + i));
        }
        Files.writeString(home.resolve("signatures.jsonl"), lines);
        Files.createDirectory(home.resolve("verdicts.jsonl")); // it cannot be read
        try (ControllerLedger failing = TestLedger.fresh(home)) {
            assertThatThrownBy(failing::open)
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("verdicts.jsonl");
            assertThatThrownBy(() -> new SignatureLog(failing).append(signature("new")))
                    .isInstanceOf(UndecidedException.class);
        }
        assertThat(home.resolve("signatures.jsonl")).exists();
        Files.delete(home.resolve("verdicts.jsonl"));
        Files.writeString(home.resolve("verdicts.jsonl"), verdict(1));
        try (ControllerLedger again = TestLedger.fresh(home)) {
            assertThat(new SignatureLog(again).about(IMAGE)).hasSize(all).doesNotHaveDuplicates();
            assertThat(again.open().size()).isEqualTo(all + 3L);
        }
    }

    @Test
    void aFolderThatWasEmptiedSignsNothing() throws Exception {
        try (ControllerLedger first = TestLedger.fresh(home)) {
            new SignatureLog(first).append(signature("a"));
        }
        delete(home.resolve("ledger"));
        try (ControllerLedger emptied = TestLedger.fresh(home)) {
            assertThatThrownBy(() -> new SignatureLog(emptied).append(signature("b")))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("but this ledger has 0");
            assertThatThrownBy(() -> new SignatureLog(emptied).about(IMAGE)).isInstanceOf(UndecidedException.class);
            assertThatThrownBy(() -> holds(emptied, "a")).isInstanceOf(UndecidedException.class);
            assertThat(emptied.problems()).hasSize(1);
        }
        try (ControllerLedger restarted = TestLedger.fresh(home)) {
            assertThatThrownBy(() -> new SignatureLog(restarted).append(signature("b")))
                    .as("a restart forgets nothing")
                    .hasMessageContaining("but this ledger has 0");
            restarted.continueAfter("alice", "the disk was lost");
            new SignatureLog(restarted).append(signature("b"));
            assertThat(kinds(restarted)).containsExactly("continued", "signature");
        }
        Files.writeString(home.resolve("signatures.jsonl"), line("evil"));
        try (ControllerLedger continued = TestLedger.fresh(home)) {
            assertThat(holds(continued, "evil")).isFalse();
            assertThat(holds(continued, "b")).isTrue();
        }
    }

    @Test
    void anOldCopyOfTheFolderSignsNothing() throws Exception {
        try (ControllerLedger first = TestLedger.fresh(home)) {
            new SignatureLog(first).append(signature("a"));
        }
        copy(home.resolve("ledger"), home.resolve("backup"));
        try (ControllerLedger second = TestLedger.fresh(home)) {
            new SignatureLog(second).append(signature("failed test"));
        }
        delete(home.resolve("ledger"));
        copy(home.resolve("backup"), home.resolve("ledger"));
        try (ControllerLedger restored = TestLedger.fresh(home)) {
            assertThatThrownBy(() -> new SignatureLog(restored).about(IMAGE))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("restored from a backup");
        }
    }

    @Test
    void aLineThatWasWrittenByHandDecidesNothing() throws Exception {
        try (ControllerLedger first = TestLedger.fresh(home)) {
            new SignatureLog(first).append(signature("a"));
        }
        Files.writeString(home.resolve("ledger/journal"), line("evil"), StandardOpenOption.APPEND);
        try (ControllerLedger second = TestLedger.fresh(home)) {
            assertThatThrownBy(() -> holds(second, "evil"))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("journal");
        }
    }

    @Test
    void nothingIsSignedWithoutTheLedgersKey() throws Exception {
        try (ControllerLedger first = TestLedger.fresh(home)) {
            new SignatureLog(first).append(signature("a"));
        }
        Path key = home.resolve("key");
        byte[] stored = Files.readAllBytes(key);
        Files.delete(key);
        try (ControllerLedger without = TestLedger.fresh(home)) {
            assertThatThrownBy(() -> new SignatureLog(without).append(signature("b")))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("but not its key");
        }
        Files.write(key, stored);
        delete(home.resolve("ledger"));
        Files.delete(home.resolve("ledger-checkpoint"));
        try (ControllerLedger gone = TestLedger.fresh(home)) {
            assertThatThrownBy(gone::open)
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("are gone");
            assertThat(gone.problems()).hasSize(1);
        }
    }

    @Test
    void aFirstStartThatWasCutShortBeginsAgain() throws Exception {
        TestLedger.fresh(home).open(); // the process dies here, before it keeps the key
        Files.delete(home.resolve("key"));
        Files.delete(home.resolve("ledger-checkpoint"));
        try (ControllerLedger again = TestLedger.fresh(home)) {
            new SignatureLog(again).append(signature("a"));
            assertThat(kinds(again)).containsExactly("opened", "upgraded", "signature");
        }
    }

    @Test
    void aSecondControllerOnTheSameHomeSignsNothing() throws Exception {
        ControllerLedger first = TestLedger.fresh(home);
        try (ControllerLedger second = TestLedger.fresh(home)) {
            new SignatureLog(first).append(signature("a"));
            assertThatThrownBy(() -> new SignatureLog(second).append(signature("b")))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("another writer has this ledger");
            assertThat(second.problems()).singleElement().asString().contains("another writer");
            first.close();
            new SignatureLog(second).append(signature("b"));
            assertThat(new SignatureLog(second).about(IMAGE)).hasSize(2);
        }
    }

    @Test
    void aClockThatWasSetBackSignsNothing() throws Exception {
        try (ControllerLedger first = TestLedger.fresh(home)) {
            first.append(Entry.of("opened-again", Instant.now()));
        }
        Clock back = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));
        try (ControllerLedger second = TestLedger.fresh(home, back)) {
            assertThatThrownBy(() -> new SignatureLog(second).append(signature("b")))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("the clock says")
                    .hasMessageContaining("set the clock");
            assertThatThrownBy(second::requireGood).isInstanceOf(UndecidedException.class);
            assertThat(second.problems()).hasSize(1);
        }
    }

    @Test
    void aRenamedJobKeepsItsEntriesAndADeletedOneLeavesNoName() throws Exception {
        try (ControllerLedger ledger = TestLedger.fresh(home)) {
            new SignatureLog(ledger).append(signature("a"));
            ledger.names().move("team/shop", "team/store");
            assertThat(new SignatureLog(ledger).last(1).get(0).run()).isEqualTo("team/store#7");
            new SignatureLog(ledger).append(signature("b"));
            ledger.names().erase("team");
            assertThat(new SignatureLog(ledger).last(2))
                    .extracting(SignatureLog.Entry::run)
                    .allSatisfy(run -> assertThat(run).matches("[0-9a-f]{32}#7"))
                    .doesNotHaveDuplicates();
            assertThat(ledger.names().knownRun("team/shop#7")).isEmpty();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(home)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        for (Path file : files) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain("team/");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
