package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.Rollback;
import io.jenkins.plugins.airworthy.gate.RollbackRequest;
import io.jenkins.plugins.airworthy.gate.history.PromotionHistory;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Ledger;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The attacks on a gate that has a ledger. */
abstract class LedgerAttack extends Attack {
    NoteSigner key;
    Ledger ledger;
    PromotionHistory history;
    boolean remembers = true;

    @BeforeEach
    void open() throws Exception {
        key = NoteSigner.generate("ci.example.com/ledger");
        ledger = Ledger.open(folder.resolve("ledger"), key, clock, List.of());
        history = PromotionHistory.of(ledger, clock);
    }

    @AfterEach
    void close() throws Exception {
        ledger.close();
    }

    @Override
    Gate gate() {
        Gate plain = super.gate();
        return remembers ? plain.withHistory(history) : plain;
    }

    Rollback rollback(Optional<Digest> to) throws Exception {
        return gate().rollback(
                        new RollbackRequest(
                                target(),
                                to,
                                policy(),
                                keys,
                                certificates,
                                Optional.of(new KeySigner(release)),
                                BUILDER,
                                Observer.BUILD_AGENT,
                                "orders fail"),
                        Progress.SILENT);
    }

    /** An image with all evidence, whose build ended then. */
    void stageBuilt(String content, Instant ended) throws Exception {
        image = image(content);
        sign(image, release);
        Provenance built = Provenance.of(
                Provenance.JENKINS_BUILD,
                BUILDER,
                Optional.of(new Provenance.Source(SOURCE, "refs/heads/main", Optional.of("1".repeat(40)))),
                Optional.empty(),
                List.of(),
                Optional.of(BUILDER + "job/cart/2/"),
                ended.minusSeconds(60),
                ended);
        Statement statement = new Statement(
                subject(image),
                Optional.of(seen(ended)),
                PredicateTypes.PROVENANCE,
                built.toPredicate(StrictJson.object(), StrictJson.object()));
        attach(image, statement, release);
        attach(image, tests(image, TestResult.Outcome.PASSED, NOW.minusSeconds(7_200)), release);
        attach(image, Scan.of(image).statement(), release);
        staging.tag(TAG, image);
    }

    String kinds() throws Exception {
        return ledger.from(0, 100).stream()
                .map(LedgerReader.Recorded::entry)
                .map(entry -> entry.kind())
                .collect(Collectors.joining(" "));
    }
}
