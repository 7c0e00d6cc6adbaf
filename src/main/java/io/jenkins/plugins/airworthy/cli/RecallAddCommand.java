package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.gate.RecallDraft;
import io.jenkins.plugins.airworthy.recall.Recall;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** {@code recall add}: adds an entry. Nobody decides by it before it is published. */
final class RecallAddCommand extends Command {
    private final Argument file = parameter("FILE", "The list.");

    private final RecallTargetOptions target = with(new RecallTargetOptions());

    private final Argument story =
            required("--story", "TEXT", "What happened. Its first line is in every verdict that is refused by it.");

    private final Argument by = required("--by", "NAME", "Who recalls.");

    private final Argument action = choice(
            "--action",
            "promote|admit|report",
            "What it does: refuse promotions (the default), refuse new starts too, or only be told in verdicts.");

    private final Argument since = optional("--since", "TIME", "Since when it is so, in UTC; default: now.");

    private final Argument incident = optional("--incident", "ID", "The incident that it belongs to.");

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy recall add recalls.yaml --base registry.example.com/base/java:17 \\",
                "      --story 'The base has a back door' --by alice",
                "  airworthy recall add recalls.yaml --package pkg:npm/event-stream --versions 'vers:npm/3.3.6' \\",
                "      --story 'Steals wallets' --by alice --action admit",
                "  airworthy recall add recalls.yaml --osv MAL-2026-1234.json --by alice --story 'Malware'");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        Instant now = environment.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        RecallDraft.Entry entry = new RecallDraft.Entry(
                target.read(registries, environment),
                action.given() ? Recall.Action.valueOf(action.text().toUpperCase(Locale.ROOT)) : Recall.Action.PROMOTE,
                story.text(),
                since.given() ? RecallText.instant("--since", since.text()) : now,
                by.text(),
                incident.value());
        Recall added = new RecallDraft(InputFile.of("FILE", file.text()).path()).add(entry, now);
        ObjectNode document = StrictJson.object().put("schemaVersion", 1);
        document.set("recall", RecallText.document(added));
        return Report.done(document, page -> {
            page.line(
                    TextStyle.STRONG,
                    "added    ",
                    added.id() + " to " + file.text() + ": " + added.target().kind());
            page.line("  it holds once 'airworthy recall publish' has published it");
        });
    }
}
