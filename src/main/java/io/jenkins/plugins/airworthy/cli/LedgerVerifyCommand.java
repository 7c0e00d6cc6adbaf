package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.Utf8;
import io.jenkins.plugins.airworthy.ledger.PublishedLedger;
import io.jenkins.plugins.airworthy.ledger.Verification;

import java.util.ArrayList;
import java.util.List;

/** {@code ledger verify}: hashes all of a ledger, and compares it with checkpoints that were seen before. */
final class LedgerVerifyCommand extends Command {
    private static final int MAX_NOTE_BYTES = 64 * 1024;

    private final LedgerOptions options = with(new LedgerOptions());

    private final Argument since = repeated(
            "--since",
            "FILE",
            "A checkpoint of this ledger that was seen before: say whether this ledger continues it.");

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy ledger verify /var/lib/jenkins/airworthy/ledger --key ledger.vkey",
                "  airworthy ledger verify https://ledger.example.com/ci --key ledger.vkey --since seen.checkpoint");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        PublishedLedger ledger = options.open(environment);
        List<String> problems = new ArrayList<>();
        for (String name : since.values()) {
            InputFile file = InputFile.of("--since", name);
            String seen = Utf8.decode(file.read(MAX_NOTE_BYTES), file.toString());
            ledger.missing(seen, file.toString()).ifPresent(problems::add);
        }
        Verification done = ledger.verify();
        problems.addAll(done.problems());
        ObjectNode document = LedgerOptions.document(ledger);
        document.put("verified", problems.isEmpty());
        document.put("entries", done.entries());
        document.put("tiles", done.tiles());
        document.put("postings", done.postings());
        ArrayNode continued = document.putArray("continued");
        done.continued().forEach(continued::add);
        ArrayNode list = document.putArray("problems");
        problems.forEach(list::add);
        return new Report(problems.isEmpty() ? ExitStatus.DONE : ExitStatus.REFUSED, document, page -> {
            if (problems.isEmpty()) {
                page.line(
                        TextStyle.GOOD,
                        "verified ",
                        ledger.origin() + ": " + Count.of(done.entries(), "entry", "entries"));
            } else {
                page.line(TextStyle.BAD, "NOT VERIFIED ", ledger.origin());
                problems.forEach(problem -> page.line("  " + problem));
            }
            done.continued().forEach(text -> page.line("  " + text));
            page.line("root " + ledger.root());
            if (!since.given()) {
                page.line(
                        "An older state and a fork verify, too: compare with --since a checkpoint that was seen before.");
            }
        });
    }
}
