package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.gate.history.CheckpointAnchor;
import io.jenkins.plugins.airworthy.gate.history.PromotionHistory;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.Ledger;
import io.jenkins.plugins.airworthy.ledger.PublishedLedger;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Somebody with the ledger's disk, but without its key, takes back what it says of the newest act, or makes it useless. */
class CutLedgerTest extends LedgerAttack {
    private CheckpointAnchor anchor;
    private Optional<ImageReference> elsewhere = Optional.empty();

    @BeforeEach
    void keepElsewhere() throws Exception {
        anchor = new CheckpointAnchor(this::open, ImageReference.parse(place("anchor")));
        history = history.anchoredBy(anchor);
    }

    @Override
    ImageReference target() throws AirworthyException {
        return elsewhere.isEmpty() ? super.target() : elsewhere.get();
    }

    /** A copy of the ledger from the moment before the rollback began does not know what is held. */
    @Test
    void noticesThatTheNewestRollbackWasCut() throws Exception {
        assertPromoted();
        stageBuilt("second", NOW.minusSeconds(9_000));
        assertPromoted();
        stores = reference -> reference.repository().equals(target().repository())
                ? new PassingStore(open(reference)) {
                    @Override
                    public void putManifest(Manifest manifest) throws AirworthyException, InterruptedException {
                        copy(folder.resolve("ledger"), folder.resolve("copy"));
                        super.putManifest(manifest);
                    }

                    @Override
                    public void tag(String tag, Manifest manifest) throws AirworthyException, InterruptedException {
                        super.tag(tag, manifest);
                        throw new OutOfMemoryError("as if the process ended here");
                    }
                }
                : open(reference);
        assertThatThrownBy(() -> rollback(Optional.empty())).isInstanceOf(OutOfMemoryError.class);
        stores = this::open;
        ledger.close();
        ledger = Ledger.open(folder.resolve("copy"), key, clock, anchor.newest());
        history = PromotionHistory.of(ledger, clock);

        assertThatThrownBy(this::promote)
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("it was cut, or restored from a backup");
    }

    @Test
    void keepsTheOutcomeElsewhereToo() throws Exception {
        assertPromoted();

        assertThat(Checkpoint.parse(anchor.newest().get(0), "newest").size()).isEqualTo(ledger.size());
    }

    /** Whoever may push to the repository of the checkpoints does not make the ledger forget that it has one there. */
    @Test
    void promotesNothingAfterAForeignCheckpointTookThePlaceOfItsOwn() throws Exception {
        NoteSigner other = NoteSigner.generate("ci.example.com/ledger");
        try (Ledger foreign = Ledger.open(folder.resolve("foreign"), other, clock, List.of())) {
            PromotionHistory.of(foreign, clock).anchoredBy(anchor).checkpoint(Progress.SILENT);
        }

        assertThatThrownBy(this::promote)
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("was not signed by the key of this ledger");
        assertThat(production.manifest(TAG)).contains(running);
    }

    @Test
    void promotesNothingByAPublishedLedgerWhenTheClockWasSetBack() throws Exception {
        assertPromoted();
        running = image;
        stageBuilt("second", NOW.minusSeconds(9_000));
        clock = Clock.fixed(NOW.minusSeconds(3_600), ZoneOffset.UTC);
        history = PromotionHistory.reading(PublishedLedger.open(folder.resolve("ledger"), key.publicKey()), clock);

        assertUndecided("set the clock");
    }

    /** Otherwise no command would open this ledger again. */
    @Test
    void opensALedgerWithATargetThatCannotBeReadBack() throws Exception {
        ledger.append(Entry.of("promoting", NOW).about(image.digest()).at("oci:/srv/ws@2/cart:stable"));

        assertThat(history.settleAll(stores)).singleElement().asString().contains("it is not known yet");
    }

    @Test
    void promotesToNoTargetThatCannotBeReadBack() throws Exception {
        elsewhere = Optional.of(new LayoutReference(
                folder.resolve("production@2").resolve("cart"), Optional.of(TAG), Optional.empty()));
        long before = ledger.size();

        assertThatThrownBy(this::promote)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a ledger cannot name the target");
        assertThat(ledger.size()).isEqualTo(before);
        assertThat(folder.resolve("production@2")).doesNotExist();
    }

    @Test
    void emptiesNoFileThroughALinkInPlaceOfTheLock() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "of somebody else");
        Path linked = Files.createDirectories(folder.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("lock"), precious);

        assertThatThrownBy(() -> Ledger.open(linked, key, clock, List.of())).isInstanceOf(UndecidedException.class);
        assertThat(precious).hasContent("of somebody else");
    }

    /** Whoever deletes the lock lets a second writer in: the first one then ends the history of neither. */
    @Test
    void writesNothingOverTheCheckpointOfASecondWriter() throws Exception {
        Path shared = folder.resolve("shared");
        Ledger one = Ledger.open(shared, key, clock, List.of());
        Files.delete(shared.resolve("lock"));
        Ledger two = Ledger.open(shared, key, clock, List.of());
        two.append(Entry.of("held", NOW).about(image.digest()).at("registry.example.com/cart:stable"));
        String checkpoint = two.checkpoint();
        one.append(Entry.of("signature", NOW).about(image.digest()).signing(Digest.of(new byte[0])));

        assertThatThrownBy(one::checkpoint)
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("a ledger has one writer");
        assertThat(shared.resolve("log/checkpoint")).hasContent(checkpoint);
        assertThatThrownBy(one::close).isInstanceOf(UndecidedException.class);
        two.close();
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
