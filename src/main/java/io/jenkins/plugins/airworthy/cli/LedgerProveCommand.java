package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.ledger.PublishedLedger;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** {@code ledger prove}: writes a proof that an entry is in a ledger, which is verified without the ledger. */
final class LedgerProveCommand extends Command {
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,18}");

    private final LedgerOptions options = with(new LedgerOptions());

    private final Argument index = parameter("INDEX", "The entry, from 0, as 'ledger show' says it.");

    private final Argument output = required(
                    "--output", "FILE", "The new file of the proof; its name ends with .tlog-proof by custom.")
            .alias("-o");

    private final Argument line =
            optional("--entry", "FILE", "Write the entry to this new file, too: who verifies hashes it.");

    LedgerProveCommand() {
        super(false);
    }

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy ledger prove /var/lib/jenkins/airworthy/ledger 73894 --key ledger.vkey \\",
                "      --output shop.tlog-proof --entry shop.json");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        if (!INDEX.matcher(index.text()).matches()) {
            throw new InvalidInputException("INDEX: expected the number of an entry");
        }
        PublishedLedger ledger = options.open(environment);
        long place = Long.parseLong(index.text());
        String proof = ledger.proof(place);
        if (line.given()) {
            OutputFile.create("--entry", line.text(), ledger.line(place));
        }
        OutputFile.create("--output", output.text(), proof.getBytes(StandardCharsets.UTF_8));
        return Report.done(
                LedgerOptions.document(ledger).put("index", place).put("proof", output.text()),
                page -> page.line(
                        TextStyle.GOOD, "written ", output.text() + ": entry " + place + " is in " + ledger.origin()));
    }
}
