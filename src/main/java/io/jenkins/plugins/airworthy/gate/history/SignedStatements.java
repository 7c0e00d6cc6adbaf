package io.jenkins.plugins.airworthy.gate.history;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.RecordedTests;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import io.jenkins.plugins.airworthy.ledger.LedgerReader.Recorded;
import io.jenkins.plugins.airworthy.ledger.Term;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The signatures in a ledger, own or published: entries of the kind {@code signature}, without those that {@code pruned} names. */
public final class SignedStatements {
    private static final String SIGNATURE = "signature";
    private static final String PRUNED = "pruned";

    private final LedgerReader ledger;

    public SignedStatements(LedgerReader ledger) {
        this.ledger = ledger;
    }

    /** The statements that were signed about an image, and not removed on purpose since. */
    public List<RecordedStatement> about(Digest subject) throws AirworthyException {
        Set<Digest> pruned = new HashSet<>();
        List<RecordedStatement> found = new ArrayList<>();
        ledger.newestFirst(Term.digest(subject), recorded -> {
            Entry entry = recorded.entry();
            if (entry.kind().equals(PRUNED)) {
                entry.payload().ifPresent(pruned::add);
            } else if (entry.kind().equals(SIGNATURE)
                    && entry.payload().filter(pruned::contains).isEmpty()) {
                found.add(read(recorded, subject));
            }
            return true;
        });
        return found;
    }

    private RecordedStatement read(Recorded recorded, Digest subject) throws InvalidInputException {
        Entry entry = recorded.entry();
        JsonObject members = entry.members();
        Optional<JsonObject> seen = members.optionalObject("seen");
        Optional<JsonObject> tests = members.optionalObject("tests");
        return new RecordedStatement(
                subject,
                entry.payload().orElseThrow(() -> members.error("payload", "is missing")),
                members.string("predicateType"),
                entry.time(),
                members.string("fingerprint"),
                Set.of(),
                members.optionalBoolean("keyless").orElse(false),
                seen.isEmpty() ? Optional.empty() : Observation.of(seen.get()),
                tests.isEmpty() ? Optional.empty() : tests(tests.get()),
                "signed at " + entry.time() + ", entry " + recorded.index() + " of the ledger " + ledger.origin());
    }

    /** A result that this version does not know counts as unknown, as if it were not recorded. */
    private static Optional<RecordedTests> tests(JsonObject json) throws InvalidInputException {
        String word = json.string("result");
        for (TestResult.Outcome outcome : TestResult.Outcome.values()) {
            if (outcome.name().equals(word)) {
                return Optional.of(new RecordedTests(json.string("suite"), outcome, json.count("failed")));
            }
        }
        return Optional.empty();
    }
}
