package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.ledger.Entry;

import java.util.List;

/** {@code ledger continue}: goes on with a ledger that does not fit its anchor or is from a wrong time, with an entry that says so. */
final class LedgerContinueCommand extends Command {
    private final Argument reason = required("--reason", "TEXT", "Why, for the ledger.");

    private final HistoryOptions history = with(new HistoryOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy ledger continue --ledger ledger --ledger-key ledger.key \\",
                "      --ledger-anchor registry.example.com/airworthy/ledger --reason restored");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        long index;
        Entry entry;
        try (HistoryOptions.OpenGate open =
                history.open(registries.stores(environment), Gate.DEFAULT_TIME_LIMIT, environment, progress)) {
            index = open.ledger()
                    .orElseThrow(() -> new InvalidInputException("a ledger is continued with its private key"))
                    .continueAfter(reason.text());
            entry = open.requireHistory().ledger().entry(index);
            open.requireHistory().checkpoint(progress);
        }
        return Report.done(StrictJson.object().put("schemaVersion", 1).put("entry", index), page -> {
            page.line(TextStyle.GOOD, "continued ", "by entry " + index);
            if (entry.more().has("lost")) {
                page.line("  entries after " + entry.more().path("afterSize").asLong()
                        + " are lost, up to " + entry.more().path("lostSize").asLong()
                        + "; holds, barriers and rollbacks among them are gone: look at the tags before the"
                        + " next promotion");
            }
        });
    }
}
