package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.Rollback;
import io.jenkins.plugins.airworthy.gate.RollbackChoice;
import io.jenkins.plugins.airworthy.gate.RollbackRequest;
import io.jenkins.plugins.airworthy.gate.history.PromotionHistory;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.util.List;
import java.util.Optional;

/** {@code rollback}: brings an image back that the gate had promoted to a name, if it passes the policy of today. */
final class RollbackCommand extends Command {
    private static final int LISTED = 10;

    private final Argument target = parameter("TARGET", "The name whose tag goes back.");

    private final Argument to =
            optional("--to", "DIGEST", "The image to go back to; default: the newest that may come back.");

    private final Argument list = flag("--list", "Say which images may come back, and change nothing.");

    private final Argument reason = optional("--reason", "TEXT", "Why, for the ledger.");

    private final GateOptions gate = with(new GateOptions());

    private final SummaryOptions summary = with(new SummaryOptions());

    private final Argument verifier = optional(
            "--verifier", "URI", "The verifier that the summary names; default: " + PromoteCommand.DEFAULT_VERIFIER);

    private final RecallOptions recalls = with(new RecallOptions());

    private final HistoryOptions history = with(new HistoryOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy rollback registry.example.com/prod/app:stable --policy production.yaml \\",
                "      --trust release=release.pub --key gate.key --ledger ledger --ledger-key ledger.key \\",
                "      --reason outage-1410",
                "  airworthy rollback registry.example.com/prod/app:stable --policy production.yaml \\",
                "      --trust release=release.pub --ledger ledger --ledger-key ledger.vkey --list");
    }

    @Override
    String afterStop() {
        return "No tag was half moved: " + OF_A_TAG;
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        if (list.given() && to.given()) {
            throw new InvalidInputException("--list shows all that was there, and --to names one of them: keep one");
        }
        ImageReference name = ImageReference.parse(target.text());
        name.newTag();
        Optional<StatementSigner> summaryKey = summary.signer(gate.trustedRoot.value(), environment, progress);
        RollbackRequest request = new RollbackRequest(
                name,
                to.given() ? Optional.of(Digest.parse(to.text())) : Optional.empty(),
                gate.policy(environment),
                gate.keys(summary.trusted(), environment, progress),
                gate.certificates(environment),
                summaryKey,
                verifier.value().orElse(PromoteCommand.DEFAULT_VERIFIER),
                Observer.BUILD_AGENT,
                reason.value().orElse("no reason was given"));
        GateOptions.report(request.missingTrust(), progress);
        ImageStores stores = registries.stores(environment);
        try (HistoryOptions.OpenGate open = history.open(stores, gate.timeLimit(), environment, progress)) {
            PromotionHistory kept = open.requireHistory();
            Gate judge = recalls.judging(open.gate(), environment);
            return list.given()
                    ? listed(
                            judge.candidates(request, LISTED, progress),
                            TagWarnings.of(kept.at(name), stores, name),
                            name)
                    : done(judge.rollback(request, progress), name);
        }
    }

    private static Report listed(List<RollbackChoice> choices, List<String> warnings, ImageReference name) {
        ObjectNode document = document(name, choices);
        ArrayNode warned = document.putArray("warnings");
        warnings.forEach(warned::add);
        return Report.done(document, page -> {
            page.line(TextStyle.STRONG, "images   ", "that were at " + name + ", newest first");
            warnings.forEach(text -> page.line(TextStyle.BAD, "  note     ", text));
            choices.forEach(choice -> write(choice, page));
        });
    }

    private static Report done(Rollback rollback, ImageReference name) {
        ObjectNode document = document(name, rollback.choices());
        if (rollback instanceof Rollback.Done done) {
            document.put("rolledBack", true);
            document.put("digest", done.judged().verdict().digest().toString());
            done.from().ifPresent(from -> document.put("held", from.toString()));
            done.summary().ifPresent(digest -> document.put("summary", digest.toString()));
            return Report.done(document, page -> {
                new VerdictReport(done.judged()).writeTo(page);
                page.line(
                        TextStyle.GOOD,
                        "rolled back ",
                        name + " to " + done.judged().verdict().digest());
                done.from()
                        .ifPresent(from -> page.line("  " + from + " is held there: 'airworthy reinstate " + name + " "
                                + from + " --reason TEXT' lets it come back"));
            });
        }
        String reason = ((Rollback.Refused) rollback).reason();
        document.put("rolledBack", false);
        document.put("reason", reason);
        return new Report(ExitStatus.REFUSED, document, page -> {
            rollback.choices().forEach(choice -> write(choice, page));
            page.line(TextStyle.BAD, "refused  ", reason + "; nothing was changed at " + name);
        });
    }

    private static ObjectNode document(ImageReference name, List<RollbackChoice> choices) {
        ObjectNode document = StrictJson.object().put("schemaVersion", 1).put("target", name.toString());
        ArrayNode array = document.putArray("choices");
        choices.forEach(choice -> array.add(choice.toJson()));
        return document;
    }

    private static void write(RollbackChoice choice, TextReport page) {
        page.line(
                choice.mayReturn() ? TextStyle.GOOD : TextStyle.PLAIN,
                choice.mayReturn() ? "  may      " : "  may not  ",
                choice.stay().digest() + " since " + choice.stay().since());
        choice.stay().source().ifPresent(source -> page.line("           promoted from " + source));
        choice.stay().built().ifPresent(built -> page.line("           built " + built));
        choice.refusal().ifPresent(why -> page.line("           " + why));
    }
}
