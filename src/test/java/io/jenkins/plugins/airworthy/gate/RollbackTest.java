package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.TestResult.Outcome;
import io.jenkins.plugins.airworthy.gate.history.PromotionHistory;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Ledger;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RollbackTest {
    @TempDir
    Path folder;

    private Staging staging;
    private Ledger ledger;
    private PromotionHistory history;
    private Gate gate;

    @BeforeEach
    void open() throws Exception {
        staging = new Staging(folder);
        ledger = Ledger.open(
                folder.resolve("ledger"), NoteSigner.generate("ci.example.com/ledger"), Staging.CLOCK, List.of());
        history = PromotionHistory.of(ledger, Staging.CLOCK);
        gate = new Gate(Staging.STORES, Staging.CLOCK).withHistory(history);
    }

    @AfterEach
    void close() throws Exception {
        ledger.close();
    }

    @Test
    void recordsTheVerdictAndBothEndsOfAPromotion() throws Exception {
        Manifest one = good("one");

        promote("one");

        assertThat(kinds()).isEqualTo("verdict promoting promoted");
        assertThat(ledger.entry(1).members().string("source"))
                .isEqualTo(staging.staged("one").toString());
        assertThat(ledger.entry(2).digest()).contains(one.digest());
        assertThat(ledger.entry(2).members().count("of")).isEqualTo(1);
    }

    @Test
    void recordsTheVerdictOfARefusal() throws Exception {
        staging.image("bad", "bad");

        assertThat(promoteTo("bad", "stable")).isInstanceOf(Promotion.Refused.class);

        assertThat(kinds()).isEqualTo("verdict");
        assertThat(ledger.entry(0).members().string("failed")).isEqualTo("signature,tests");
    }

    @Test
    void goesBackToTheNewestThatPassesAndHoldsWhatWasThere() throws Exception {
        Manifest one = good("one");
        Manifest two = good("two");
        promote("one");
        promote("two");

        Rollback.Done done =
                (Rollback.Done) gate.rollback(request(Optional.empty(), staging.policy()), Progress.SILENT);

        assertThat(done.from()).contains(two.digest());
        assertThat(done.summary()).isPresent();
        assertThat(current()).contains(one.digest());
        assertThat(kinds()).endsWith("verdict rolling-back held rolled-back");
    }

    @Test
    void refusesWhatWasThereBeforeUnlessItComesByARollback() throws Exception {
        good("one");
        Manifest two = good("two");
        promote("one");
        promote("two");

        assertThat(refused(promoteTo("one", "stable"))).isEqualTo("downgrade");
        assertThat(current()).contains(two.digest());
    }

    @Test
    void refusesWhatWasRolledBackFromUntilItIsReinstated() throws Exception {
        good("one");
        Manifest two = good("two");
        promote("one");
        promote("two");
        gate.rollback(request(Optional.empty(), staging.policy()), Progress.SILENT);

        assertThat(refused(promoteTo("two", "stable"))).isEqualTo("held,downgrade");

        history.reinstate(staging.production("stable"), two.digest(), "the database was repaired");
        promote("two");
        assertThat(current()).contains(two.digest());
    }

    @Test
    void doesNotGoBackBeyondABarrier() throws Exception {
        good("one");
        good("two");
        good("three");
        promote("one");
        assertThat(gate.promote(
                        staging.request("two", staging.policy(), "stable").barring("the schema was migrated"),
                        Progress.SILENT))
                .isInstanceOf(Promotion.Promoted.class);

        Rollback refused = gate.rollback(request(Optional.empty(), staging.policy()), Progress.SILENT);

        assertThat(refused).isInstanceOf(Rollback.Refused.class);
        assertThat(refused.choices().get(1).refusal().orElseThrow()).contains("barrier");

        promote("three");
        assertThat(gate.rollback(request(Optional.empty(), staging.policy()), Progress.SILENT))
                .isInstanceOf(Rollback.Done.class);
    }

    @Test
    void doesNotGoBackToWhatTheGateNeverBroughtThere() throws Exception {
        good("one");
        promote("one");
        Manifest other = good("other");

        Rollback refused = gate.rollback(request(Optional.of(other.digest()), staging.policy()), Progress.SILENT);

        assertThat(((Rollback.Refused) refused).reason()).startsWith("the gate never brought " + other.digest());
    }

    @Test
    void judgesByThePolicyOfToday() throws Exception {
        good("one");
        good("two");
        promote("one");
        promote("two");

        Rollback refused =
                gate.rollback(request(Optional.empty(), staging.policy("- secrets: {maximum: 0}")), Progress.SILENT);

        assertThat(refused).isInstanceOf(Rollback.Refused.class);
        assertThat(refused.choices().get(1).refusal().orElseThrow()).contains("secrets: ");
        assertThat(kinds()).endsWith("promoted verdict");
    }

    @Test
    void needsALedger() throws Exception {
        assertThatThrownBy(() -> new Gate(Staging.STORES, Staging.CLOCK)
                        .rollback(request(Optional.empty(), staging.policy()), Progress.SILENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a rollback needs a ledger");
    }

    private Manifest good(String name) throws Exception {
        Manifest image = staging.image(name, name);
        staging.sign(image, staging.release);
        staging.tests(image, Outcome.PASSED, Staging.NOW, staging.release);
        return image;
    }

    private void promote(String name) throws Exception {
        Promotion promotion = promoteTo(name, "stable");
        assertThat(promotion).as(told(promotion)).isInstanceOf(Promotion.Promoted.class);
    }

    private static String told(Promotion promotion) {
        return VerdictText.of(promotion.judged(), "").toString();
    }

    private Promotion promoteTo(String name, String tag) throws Exception {
        return gate.promote(staging.request(name, staging.policy(), tag), Progress.SILENT);
    }

    private RollbackRequest request(Optional<Digest> to, Policy policy) throws AirworthyException {
        return new RollbackRequest(
                staging.production("stable"),
                to,
                policy,
                staging.keys(),
                Optional.empty(),
                Optional.of(new KeySigner(staging.release)),
                "https://jenkins.example.com/",
                Observer.BUILD_AGENT,
                "errors in production");
    }

    private static String refused(Promotion promotion) {
        assertThat(promotion).isInstanceOf(Promotion.Refused.class);
        return promotion.judged().verdict().items().stream()
                .filter(item -> item.status() == Status.FAILED)
                .map(Verdict.Item::id)
                .collect(Collectors.joining(","));
    }

    private Optional<Digest> current() throws Exception {
        return staging.productionStore().manifest("stable").map(Manifest::digest);
    }

    private String kinds() throws AirworthyException {
        return ledger.from(0, 1_000).stream()
                .map(LedgerReader.Recorded::entry)
                .map(entry -> entry.kind())
                .collect(Collectors.joining(" "));
    }
}
