package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.Ledger;
import io.jenkins.plugins.airworthy.ledger.PublishedLedger;
import io.jenkins.plugins.airworthy.ledger.Term;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who can write the files of a ledger, or serves a published one, but does not have its key, changes what happened or hides it. */
class RewrittenLedgerTest {
    private static final String ORIGIN = "ci.example.com/ledger";
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final int ENTRIES = 16_500;

    /** Of the image that somebody wants forgotten; in the part with an index. */
    private static final int HIDDEN = 9_000;

    @TempDir
    static Path honest;

    private static NoteSigner signer;
    private static String checkpoint;

    @TempDir
    Path temporary;

    private Path folder;
    private Path log;

    @BeforeAll
    static void write() throws Exception {
        signer = NoteSigner.generate(ORIGIN);
        try (Ledger ledger = Ledger.open(honest.resolve("ledger"), signer, CLOCK, List.of())) {
            write(ledger, 0);
            checkpoint = ledger.checkpoint();
        }
    }

    private static void write(Ledger ledger, int begin) throws AirworthyException {
        for (int first = begin; first < ENTRIES; first += 1_000) {
            List<Entry> entries = new ArrayList<>();
            for (int i = first; i < Math.min(ENTRIES, first + 1_000); i++) {
                entries.add(entry(i));
            }
            ledger.appendAll(entries);
        }
    }

    @BeforeEach
    void copy() throws IOException {
        folder = temporary.resolve("ledger");
        copy(honest.resolve("ledger"), folder);
        log = folder.resolve("log");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static Entry entry(int number) {
        return Entry.of("signature", NOON.minusSeconds(60)).about(image(number)).signing(image(-number - 1));
    }

    private static Digest image(int number) {
        return Digest.of(("image " + number).getBytes(StandardCharsets.UTF_8));
    }

    private PublishedLedger read() throws AirworthyException {
        return PublishedLedger.open(folder, signer.publicKey());
    }

    private Ledger open(String... anchors) throws AirworthyException {
        return Ledger.open(folder, signer, CLOCK, List.of(anchors));
    }

    /** Changes one bit in the middle of a file. */
    private void flip(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(log.resolve(name));
        bytes[bytes.length / 2] ^= 1;
        Files.write(log.resolve(name), bytes);
    }

    private void assertRefuses(String problem) {
        assertThatThrownBy(() -> read().find(Term.digest(image(HIDDEN)), 9)).hasMessageContaining(problem);
    }

    @Test
    void findsWhatAnHonestLedgerHas() throws Exception {
        assertThat(read().find(Term.digest(image(HIDDEN)), 9)).hasSize(1);
        assertThat(read().find(Term.digest(image(ENTRIES)), 9)).isEmpty();
        assertThat(read().verify().problems()).isEmpty();
        assertThat(read().contradiction(checkpoint, "seen")).isEmpty();
        try (Ledger ledger = open(checkpoint)) {
            assertThat(ledger.health().isGood()).isTrue();
            assertThat(ledger.find(Term.digest(image(HIDDEN)), 9)).hasSize(1);
        }
    }

    @Test
    void refusesAnEditedEntryAndNamesIt() throws Exception {
        String name = "tile/entries/035";
        String text = Files.readString(log.resolve(name), StandardCharsets.ISO_8859_1);
        String edited = text.replace(image(HIDDEN).hex(), image(HIDDEN + 1).hex());
        Files.writeString(log.resolve(name), edited, StandardCharsets.ISO_8859_1);
        assertRefuses("entry 9000 is not the one that was recorded");
        assertThat(read().verify().problems()).hasSize(1).first().asString().contains("entry 9000 is not the one");
        try (Ledger ledger = open()) {
            assertThatThrownBy(() -> ledger.find(Term.digest(image(HIDDEN)), 9)).hasMessageContaining("entry 9000");
        }
    }

    @Test
    void refusesAnEditedEntryWhoseTileWasEditedToo() throws Exception {
        refusesAnEditedEntryAndNamesIt();
        flip("tile/0/035");
        assertRefuses("tile/0/035: does not lead to the tree's hash; it is about the entries 8960 to 9215");
    }

    @Test
    void noticesOneBitInEveryKindOfFile() throws Exception {
        for (String name : List.of(
                "tile/entries/000", "tile/entries/064.p/116", "tile/0/000", "index/0-16384/0", "index/0-16384/7")) {
            flip(name);
            assertThat(read().verify().problems()).as(name).hasSize(1);
            flip(name);
        }
        for (String name :
                List.of("checkpoint", "tile/0/064.p/116", "tile/1/000.p/64", "index/list", "index/0-16384/head")) {
            flip(name);
            assertThatThrownBy(this::read).as(name).isInstanceOf(AirworthyException.class);
            flip(name);
        }
    }

    @Test
    void refusesAnIndexFromWhichAnEntryWasTaken() throws Exception {
        long hash = ByteBuffer.wrap(
                        Digest.sha256().digest(("digest\n" + image(HIDDEN)).getBytes(StandardCharsets.UTF_8)))
                .getLong();
        boolean taken = false;
        for (int block = 0; block < 8; block++) {
            Path file = log.resolve("index/0-16384/" + block);
            ByteBuffer postings = ByteBuffer.wrap(Files.readAllBytes(file));
            for (int at = 0; at < postings.limit(); at += 12) {
                if (postings.getLong(at) == hash) {
                    postings.putInt(at + 8, 1); // another entry, which does not have this term
                    taken = true;
                }
            }
            Files.write(file, postings.array());
        }
        assertThat(taken).isTrue();
        assertRefuses("is not the one that the ledger signed");
    }

    @Test
    void refusesAListOfTheIndexThatTheLedgerDidNotSign() throws Exception {
        Path list = log.resolve("index/list");
        String other = NoteSigner.generate(ORIGIN + "/index")
                .sign(ORIGIN + "/index", Files.readString(list).split("\n\n", 2)[0] + "\n");
        Files.writeString(list, other);
        assertRefuses("index/list: has no signature of the log " + ORIGIN + "/index");
    }

    @Test
    void findsEverythingWithoutAnIndex() throws Exception {
        Files.delete(log.resolve("index/list"));
        assertThat(read().find(Term.digest(image(HIDDEN)), 9)).hasSize(1);
        try (Ledger ledger = open()) {
            assertThat(ledger.find(Term.digest(image(HIDDEN)), 9)).hasSize(1);
        }
        assertThat(log.resolve("index/list")).exists();
    }

    @Test
    void refusesACheckpointOfAnotherKeyOrOrigin() throws Exception {
        String body = Files.readString(log.resolve("checkpoint")).split("\n\n", 2)[0] + "\n";
        Files.writeString(log.resolve("checkpoint"), NoteSigner.generate(ORIGIN).sign(ORIGIN, body));
        assertRefuses("checkpoint: has no signature of the log");
        String origin = "ci.example.com/other";
        Files.writeString(log.resolve("checkpoint"), signer.sign(origin, body.replace(ORIGIN, origin)));
        assertRefuses("checkpoint: its origin is 'ci.example.com/other', but the log is " + ORIGIN);
    }

    @Test
    void believesNoEntryThatWasAddedToTheJournalByHand() throws Exception {
        Path journal = folder.resolve("journal");
        Path made = temporary.resolve("made");
        NoteSigner stranger = NoteSigner.generate(ORIGIN);
        byte[] frame;
        try (Ledger ledger = Ledger.open(made, stranger, CLOCK, List.of())) {
            ledger.append(entry(1_000_000));
            frame = Files.readAllBytes(made.resolve("journal"));
        }
        ByteBuffer.wrap(frame).putLong(36, ENTRIES); // the index of its first entry
        Files.write(journal, frame);
        try (Ledger ledger = open()) {
            assertThat(ledger.find(Term.digest(image(1_000_000)), 9)).isEmpty();
            assertThat(ledger.size()).isEqualTo(ENTRIES + 1);
            assertThat(ledger.entry(ENTRIES).kind()).isEqualTo("cut");
        }
    }

    @Test
    void believesNoFrameOfTheJournalFromAnotherHistory() throws Exception {
        byte[] frames;
        int second;
        try (Ledger ledger = open()) {
            ledger.append(entry(1_000_000));
            second = (int) Files.size(folder.resolve("journal"));
            ledger.append(entry(1_000_001));
            frames = Files.readAllBytes(folder.resolve("journal"));
        }
        copyAnew("again");
        Path crashed = temporary.resolve("crashed");
        try (Ledger ledger = open()) {
            ledger.append(entry(2_000_000));
            copy(folder, crashed);
        }
        byte[] foreign = Arrays.copyOfRange(frames, second, frames.length);
        Files.write(crashed.resolve("journal"), foreign, StandardOpenOption.APPEND);
        folder = crashed;
        try (Ledger ledger = open()) {
            assertThat(ledger.find(Term.digest(image(2_000_000)), 9)).hasSize(1);
            assertThat(ledger.find(Term.digest(image(1_000_001)), 9)).isEmpty();
        }
    }

    @Test
    void usesNoIndexOfAnotherHistory() throws Exception {
        Path other = temporary.resolve("other");
        try (Ledger ledger = Ledger.open(other, signer, CLOCK, List.of())) {
            write(ledger, 1);
        }
        copy(other.resolve("log/index"), temporary.resolve("index"));
        for (Path file : files(temporary.resolve("index"))) {
            Files.copy(
                    file,
                    log.resolve("index").resolve(temporary.resolve("index").relativize(file)),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(read().find(Term.digest(image(HIDDEN)), 9)).hasSize(1);
        assertThat(read().find(Term.digest(image(0)), 9)).hasSize(1);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void copyAnew(String name) throws IOException {
        folder = temporary.resolve(name);
        copy(honest.resolve("ledger"), folder);
        log = folder.resolve("log");
    }

    /** With the key: only what was seen elsewhere tells. */
    @Test
    void noticesATailThatWasCutAndSignedAgain() throws Exception {
        Path shorter = temporary.resolve("shorter");
        try (Ledger ledger = Ledger.open(shorter, signer, CLOCK, List.of())) {
            ledger.append(entry(0));
        }
        folder = shorter;
        assertThat(read().verify().problems()).isEmpty();
        assertThat(read().contradiction(checkpoint, "seen"))
                .hasValueSatisfying(problem -> assertThat(problem).endsWith("it was cut, or restored from a backup"));
        try (Ledger ledger = open(checkpoint)) {
            assertThat(ledger.health().isGood()).isFalse();
            assertThatThrownBy(() -> ledger.append(entry(1))).hasMessageContaining("nothing is recorded");
        }
    }

    /** With the key: both histories verify. */
    @Test
    void noticesAFork() throws Exception {
        try (Ledger ledger = open()) {
            ledger.append(entry(77));
        }
        String fork = read().checkpoint();
        copyAnew("again");
        try (Ledger ledger = open()) {
            ledger.append(entry(78));
        }
        assertThat(read().verify().problems()).isEmpty();
        assertThat(read().contradiction(fork, "seen"))
                .hasValueSatisfying(problem -> assertThat(problem).endsWith("it is a fork"));
        try (Ledger ledger = open(fork)) {
            assertThat(ledger.health().tree()).isPresent();
        }
    }

    @Test
    void refusesALedgerWithoutItsCheckpoint() throws Exception {
        Files.delete(log.resolve("checkpoint"));
        assertThatThrownBy(this::open).hasMessageContaining("the checkpoint is missing");
    }
}
