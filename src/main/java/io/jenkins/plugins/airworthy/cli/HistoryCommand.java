package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.history.PromotionHistory;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.LedgerReader.Recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code history}: what the ledger tells of one name, newest first. */
final class HistoryCommand extends Command {
    private static final int USUAL = 50;
    private static final int MOST = 10_000;

    private final Argument target = parameter("TARGET", "The name, with its tag.");

    private final Argument limit =
            number("--limit", "N", "How many entries to show at most; default: " + USUAL + ", at most " + MOST + ".");

    private final HistoryOptions history = with(new HistoryOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy history registry.example.com/prod/app:stable --ledger https://ledger.example.com/ci \\",
                "      --ledger-key ledger.vkey");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference name = ImageReference.parse(target.text());
        int most = limit.number().orElse(USUAL);
        if (most < 1 || most > MOST) {
            throw new InvalidInputException("--limit: expected 1 to " + MOST);
        }
        List<Told> told = new ArrayList<>();
        List<String> warnings;
        ImageStores stores = registries.stores(environment);
        try (HistoryOptions.OpenGate open = history.open(stores, Gate.DEFAULT_TIME_LIMIT, environment, progress)) {
            PromotionHistory kept = open.requireHistory();
            warnings = TagWarnings.of(kept.at(name), stores, name);
            for (Recorded recorded : kept.at(name).entries(most)) {
                told.add(new Told(recorded, kept.reason(recorded.entry())));
            }
        }
        ObjectNode document = StrictJson.object().put("schemaVersion", 1).put("target", name.toString());
        ArrayNode warned = document.putArray("warnings");
        warnings.forEach(warned::add);
        ArrayNode entries = document.putArray("entries");
        for (Told each : told) {
            ObjectNode entry = entries.addObject().put("index", each.recorded().index());
            each.reason().ifPresent(text -> entry.put("text", text));
            entry.set("entry", each.recorded().entry().json());
        }
        return Report.done(document, page -> {
            page.line(TextStyle.STRONG, "history  ", "of " + name + ", newest first");
            warnings.forEach(text -> page.line(TextStyle.BAD, "  note     ", text));
            if (told.isEmpty()) {
                page.line("  no entry fits " + name);
            }
            told.forEach(each -> write(each, page));
        });
    }

    /** An entry, and the text beside it. */
    private record Told(Recorded recorded, Optional<String> reason) {}

    /** What its kind tells: the decision of a verdict, and what was at the tag before a move. */
    private static void write(Entry entry, TextReport page) {
        JsonNode more = entry.more();
        if (more.path("decision").isTextual()) {
            page.line("    " + more.path("decision").textValue()
                    + (more.path("failed").isTextual()
                            ? ": " + more.path("failed").textValue()
                            : ""));
        }
        if (more.path("previous").isTextual()) {
            page.line("    in place of " + more.path("previous").textValue());
        }
    }

    private static void write(Told told, TextReport page) {
        page.line(
                TextStyle.STRONG,
                "  " + told.recorded().entry().kind() + " ",
                told.recorded().entry().time() + ", entry " + told.recorded().index());
        told.recorded().entry().digest().ifPresent(image -> page.line("    " + image));
        write(told.recorded().entry(), page);
        told.recorded().entry().run().ifPresent(run -> page.line("    by " + run));
        told.reason().ifPresent(reason -> page.line("    " + reason));
    }
}
