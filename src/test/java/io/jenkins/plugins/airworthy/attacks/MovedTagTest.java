package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.gate.Rollback;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody moves the tag at the target by hand, or puts an earlier image into an index, so that what the ledger has seems to be past. */
class MovedTagTest extends LedgerAttack {
    private ImageManifest first;
    private ImageManifest second;

    private void promoteTwo() throws Exception {
        assertPromoted();
        first = image;
        stageBuilt("second", NOW.minusSeconds(9_000));
        assertPromoted();
        second = image;
        running = second;
    }

    /** To reinstate an image is no licence to go back from what is promoted later. */
    @Test
    void refusesAReinstatedImageAfterANewerOneCame() throws Exception {
        promoteTwo();
        assertThat(rollback(Optional.empty())).isInstanceOf(Rollback.Done.class);
        history.reinstate(target(), second.digest(), "repaired");
        stageBuilt("third", NOW.minusSeconds(8_000));
        assertPromoted();
        running = image;
        candidate = staged().at(second.digest());

        assertRefused("downgrade", "downgrade: the image was at");
    }

    @Test
    void refusesWhatItBroughtLastAfterSomebodyBroughtANewerOne() throws Exception {
        promoteTwo();
        remembers = false; // another gate, without this ledger
        stageBuilt("third", NOW.minusSeconds(8_000));
        assertPromoted();
        running = image;
        remembers = true;
        candidate = staged().at(second.digest());

        assertRefused("downgrade", "downgrade: the image is older than what is there");
    }

    /** Otherwise the next entry would say that the gate brought it, and nothing would be newer. */
    @Test
    void refusesAnEarlierBuildThatIsAtTheTagByHand() throws Exception {
        promoteTwo();
        production.tag(TAG, first);
        running = first;
        candidate = staged().at(first.digest());

        assertRefused("downgrade", "downgrade: the image was at");
    }

    @Test
    void refusesAHeldImageInsideAnIndex() throws Exception {
        promoteTwo();
        assertThat(rollback(Optional.empty())).isInstanceOf(Rollback.Done.class);
        running = first;

        assertThat(toldInside(second)).contains("held: the image is held at");
    }

    @Test
    void refusesAnEarlierBuildInsideAnIndex() throws Exception {
        promoteTwo();

        assertThat(toldInside(first)).contains("downgrade: the image was at");
    }

    private String toldInside(Manifest one) throws Exception {
        Manifest index = Samples.put(staging, Samples.index(one.descriptor()));
        sign(index, release);
        attach(index, provenance(index), release);
        attach(index, tests(index, TestResult.Outcome.PASSED, NOW.minusSeconds(7_200)), release);
        staging.tag(TAG, index);
        var promotion = promote();
        assertThat(production.manifest(TAG)).contains(running);
        return told(promotion.judged());
    }

    /** Whoever goes back does not want the image that was taken away because it is bad. */
    @Test
    void doesNotBringBackTheImageThatSomebodyTookAway() throws Exception {
        promoteTwo();
        stageBuilt("third", NOW.minusSeconds(8_000));
        assertPromoted();
        Digest bad = image.digest();
        production.tag(TAG, first);

        Rollback rollback = rollback(Optional.empty());

        assertThat(rollback.choices().get(0).stay().digest()).isEqualTo(bad);
        assertThat(rollback.choices().get(0).refusal().orElseThrow()).contains("name it with --to");
        assertThat(production.manifest(TAG)).contains(second);
    }

    @Test
    void holdsNothingThatTheGateDidNotBringLast() throws Exception {
        promoteTwo();
        production.tag(TAG, first);

        assertThat(rollback(Optional.of(second.digest()))).isInstanceOf(Rollback.Done.class);

        assertThat(production.manifest(TAG)).contains(second);
        assertThat(kinds()).endsWith("rolling-back rolled-back");
    }
}
