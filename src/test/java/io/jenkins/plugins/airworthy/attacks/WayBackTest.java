package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.gate.Rollback;
import io.jenkins.plugins.airworthy.gate.history.PromotionHistory;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.ledger.Ledger;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Somebody brings an earlier image back to a target: by promoting it again, by a rollback, or by a crash at the right moment. */
class WayBackTest extends LedgerAttack {
    @Test
    void refusesAnEarlierBuildThatWasThereBefore() throws Exception {
        assertPromoted();
        running = image;
        stageBuilt("second", NOW.minusSeconds(9_000));
        assertPromoted();
        Digest first = running.digest();
        running = image;
        candidate = staged().at(first);

        assertRefused("downgrade", "downgrade: the image was at", "rollback");
    }

    /** Whoever may delete the tag at the target does not make an old image a first promotion. */
    @Test
    void refusesAnEarlierBuildAfterTheTagWasMovedByHand() throws Exception {
        assertPromoted();
        Digest first = image.digest();
        stageBuilt("second", NOW.minusSeconds(9_000));
        assertPromoted();
        running = io.jenkins.plugins.airworthy.image.Samples.image(production, "linux/amd64", "by hand");
        production.tag(TAG, running);
        candidate = staged().at(first);

        assertRefused("downgrade", "downgrade: the image was at");
    }

    @Test
    void refusesAnOlderBuildThatWasNeverThere() throws Exception {
        assertPromoted();
        running = image;
        stageBuilt("older", NOW.minusSeconds(20_000));

        assertRefused("downgrade", "downgrade: the image is older than what is there");
    }

    /** Without a ledger the provenance at the target tells. */
    @Test
    void refusesAnOlderBuildByTheProvenanceAtTheTarget() throws Exception {
        remembers = false;
        assertPromoted();
        running = image;
        stageBuilt("older", NOW.minusSeconds(20_000));

        assertRefused("downgrade", "downgrade: the image is older than what is there");
    }

    @Test
    void refusesWhatWasRolledBackFrom() throws Exception {
        assertPromoted();
        ImageManifest first = image;
        stageBuilt("second", NOW.minusSeconds(9_000));
        assertPromoted();
        assertThat(rollback(Optional.empty())).isInstanceOf(Rollback.Done.class);
        running = first;

        assertRefused("held,downgrade", "held: the image is held at", "reinstate");
    }

    /** A policy may leave the comparison out, and not the hold. */
    @Test
    void refusesWhatWasRolledBackFromByAPolicyThatAllowsOlderImages() throws Exception {
        changePolicy(
                "  checklist:",
                "  without: [{rule: downgrade, reason: two branches are released to one tag}]\n  checklist:");
        assertPromoted();
        ImageManifest first = image;
        stageBuilt("second", NOW.minusSeconds(9_000));
        assertPromoted();
        assertThat(rollback(Optional.empty())).isInstanceOf(Rollback.Done.class);
        running = first;

        assertRefused("held", "two branches are released to one tag");
    }

    @Test
    void doesNotRollBackToAnImageThatFailsToday() throws Exception {
        assertPromoted();
        Digest first = image.digest();
        stageBuilt("second", NOW.minusSeconds(9_000));
        assertPromoted();
        changePolicy(
                "sources: [{repository: \"https://git.example.com/acme/{app}\"",
                "sources: [{repository: \"https://git.example.com/other/{app}\"");

        assertStays(Optional.of(first), "provenance: ");
    }

    @Test
    void doesNotRollBackBeyondABarrier() throws Exception {
        assertPromoted();
        Digest first = image.digest();
        stageBuilt("second", NOW.minusSeconds(9_000));
        assertThat(gate().promote(request().barring("the schema was migrated"), Progress.SILENT))
                .isInstanceOf(Promotion.Promoted.class);

        assertStays(Optional.of(first), "is a barrier");
    }

    /** The image is at the target, with all its evidence, and the gate never brought it to this tag. */
    @Test
    void doesNotRollBackToAForeignImage() throws Exception {
        assertPromoted();
        Manifest foreign = io.jenkins.plugins.airworthy.image.Samples.image(production, "linux/amd64", "foreign");

        assertStays(Optional.of(foreign.digest()), "the gate never brought");
    }

    @Test
    void promotesNothingWhenTheClockWasSetBack() throws Exception {
        assertPromoted();
        Digest promoted = image.digest();
        stageBuilt("second", NOW.minusSeconds(9_000));
        ledger.close();
        clock = Clock.fixed(NOW.minusSeconds(3_600), ZoneOffset.UTC);
        ledger = Ledger.open(folder.resolve("ledger"), key, clock, List.of());
        history = PromotionHistory.of(ledger, clock);

        assertThatThrownBy(this::promote).isInstanceOf(UndecidedException.class).hasMessageContaining("set the clock");
        assertThat(production.manifest(TAG).map(Manifest::digest)).contains(promoted);
    }

    /** An old backup of the ledger would have forgotten the hold. */
    @Test
    void promotesNothingOnTheGroundOfARestoredLedger() throws Exception {
        assertPromoted();
        Digest promoted = image.digest();
        String later = ledger.checkpoint();
        stageBuilt("second", NOW.minusSeconds(9_000));
        ledger.close();
        ledger = Ledger.open(folder.resolve("restored"), key, clock, List.of(later));
        history = PromotionHistory.of(ledger, clock);

        assertThatThrownBy(this::promote)
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("ledger continue");
        assertThat(production.manifest(TAG).map(Manifest::digest)).contains(promoted);
    }

    /** The process ends after the tag moved and before the entry says so: what is there must not be unknown to the ledger. */
    @Test
    void findsThatTheTagWasMovedBeforeACrash() throws Exception {
        assertCrash(true, "promoted");
        assertThat(history.at(target()).current().orElseThrow().digest()).isEqualTo(image.digest());
    }

    @Test
    void findsThatTheTagWasNotMovedBeforeACrash() throws Exception {
        assertCrash(false, "promotion-lost");
        assertThat(history.at(target()).current()).isEmpty();
    }

    private void assertCrash(boolean moved, String outcome) throws Exception {
        ImageStore real = production;
        stores = reference -> reference.repository().equals(target().repository())
                ? new PassingStore(open(reference)) {
                    @Override
                    public void tag(String tag, Manifest manifest)
                            throws io.jenkins.plugins.airworthy.AirworthyException, InterruptedException {
                        if (moved) {
                            real.tag(tag, manifest);
                        }
                        throw new OutOfMemoryError("as if the process ended here");
                    }
                }
                : open(reference);
        assertThatThrownBy(this::promote).isInstanceOf(OutOfMemoryError.class);
        assertThat(kinds()).isEqualTo("verdict promoting");

        stores = this::open;
        assertThat(history.settleAll(stores)).hasSize(1);
        assertThat(kinds()).isEqualTo("verdict promoting " + outcome);
        assertThat(history.settleAll(stores)).isEmpty();
    }

    private void assertStays(Optional<Digest> to, String why) throws Exception {
        List<String> before = published();
        Rollback rollback = rollback(to);
        assertThat(rollback).isInstanceOf(Rollback.Refused.class);
        assertThat(((Rollback.Refused) rollback).reason()).contains(why);
        assertThat(published()).isEqualTo(before);
    }
}
