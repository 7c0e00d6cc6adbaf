package io.jenkins.plugins.airworthy.jenkins.ui.run;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.LedgerNames;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.OldRecords;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownDigest;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownTime;
import io.jenkins.plugins.airworthy.jenkins.ui.element.StatusMark;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.policy.Decision;
import io.jenkins.plugins.airworthy.policy.rule.Outcome;

import java.time.Instant;
import java.util.Optional;

/**
 * A verdict in the list of the latest verdicts of all jobs: enough for a line and a link; the run itself has the rest.
 *
 * @param job full name
 * @param number of the run
 * @param index of the verdict among the run's, from 1
 * @param target empty when the image was only verified
 * @param promoted whether the image went to its target
 */
public record RecentVerdict(
        Instant at,
        String job,
        int number,
        int index,
        String image,
        String target,
        String policy,
        boolean passed,
        boolean promoted) {
    public RecentVerdict {
        job = Outcome.bounded(job);
        image = Outcome.bounded(image);
        target = Outcome.bounded(target);
        policy = Outcome.bounded(policy);
        if (number < 0 || index < 0) {
            throw new IllegalArgumentException("runs and verdicts are counted up from 0");
        }
    }

    static boolean isVerdict(Entry entry) {
        return entry.kind().equals(OldRecords.VERDICT);
    }

    /** Empty if the name of its job was erased. */
    static Optional<RecentVerdict> of(Entry entry, LedgerNames names) throws AirworthyException {
        JsonObject members = entry.members();
        Optional<String> run = names.run(entry.run().orElse(""));
        int mark = run.map(name -> name.lastIndexOf('#')).orElse(-1);
        if (mark < 0) {
            return Optional.empty();
        }
        return Optional.of(new RecentVerdict(
                members.optionalInstant(OldRecords.AT).orElse(entry.time()),
                run.get().substring(0, mark),
                Math.toIntExact(Math.min(Long.parseLong(run.get().substring(mark + 1)), Integer.MAX_VALUE)),
                Math.toIntExact(Math.min(members.optionalCount("number").orElse(0L), Integer.MAX_VALUE)),
                members.string("source"),
                entry.target().orElse(""),
                members.optionalString("policyName").orElse(""),
                members.string("decision").equals(Decision.PASSED.name()),
                members.optionalBoolean("promoted").orElse(false)));
    }

    /** Its entry in the ledger. */
    Entry toEntry(LedgerNames names) throws AirworthyException {
        Entry entry = Entry.of(OldRecords.VERDICT, at)
                .by(names.idOfRun(job + "#" + number))
                .with("source", image)
                .with("policyName", policy)
                .with("decision", (passed ? Decision.PASSED : Decision.FAILED).name())
                .with("promoted", BooleanNode.valueOf(promoted))
                .with("number", index);
        return target.isEmpty() ? entry : entry.at(target);
    }

    public StatusMark mark() {
        return passed ? StatusMark.PASSED : StatusMark.FAILED;
    }

    /** The image without its digest. */
    public String name() {
        return ShownDigest.nameOf(image);
    }

    /** The result for the image, in a word. */
    public String word() {
        return promoted ? "Promoted" : passed ? "Passed" : "Refused";
    }

    public ShownTime time() {
        return ShownTime.of(at);
    }
}
