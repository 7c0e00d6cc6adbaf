package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.gate.PromoteRequest;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.util.List;
import java.util.Optional;

/**
 * {@code promote}: copies an image and the evidence that decided to another name if the image passes the policy. Otherwise writes
 * nothing there.
 */
final class PromoteCommand extends Command {
    private final Argument reference = parameter("REF", "The image to promote.");

    private final Argument target = parameter("TO", "Where the image goes, with the tag that will point at it.");

    private final GateOptions gate = with(new GateOptions());

    private final SummaryOptions summary = with(new SummaryOptions());

    private final Argument verifier =
            optional("--verifier", "URI", "The verifier that the summary names; default: " + DEFAULT_VERIFIER);

    private final RecallOptions recalls = with(new RecallOptions());

    private final Argument barrier = optional(
            "--barrier",
            "REASON",
            "With a ledger: no rollback goes back beyond this promotion, such as after a migration.");

    private final HistoryOptions history = with(new HistoryOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    static final String DEFAULT_VERIFIER = "https://plugins.jenkins.io/airworthy/verifiers/command-line";

    PromoteCommand() {
        super(Format.OF_VERDICTS);
    }

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy promote registry.example.com/staging/app:1.2 registry.example.com/prod/app:1.2 \\",
                "      --policy production.yaml --trust release=release.pub --key gate.key");
    }

    @Override
    String afterStop() {
        return "No tag was half moved: " + OF_A_TAG;
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference from = ImageReference.parse(reference.text());
        ImageReference to = ImageReference.parse(target.text());
        Optional<StatementSigner> summaryKey = summary.signer(gate.trustedRoot.value(), environment, progress);
        PromoteRequest request = new PromoteRequest(
                from,
                to,
                gate.policy(environment),
                gate.keys(summary.trusted(), environment, progress),
                gate.certificates(environment),
                summaryKey,
                verifier.value().orElse(DEFAULT_VERIFIER),
                Observer.BUILD_AGENT);
        GateOptions.report(request.missingTrust(), progress);
        Promotion promotion;
        try (HistoryOptions.OpenGate open =
                history.open(registries.stores(environment), gate.timeLimit(), environment, progress)) {
            if (barrier.given()) {
                open.requireHistory();
            }
            open.history()
                    .filter(kept -> !kept.records())
                    .ifPresent(kept -> progress.say("not recorded: the ledger's public key only reads;"
                            + " its private key, NAME.key, records"));
            promotion = recalls.judging(open.gate(), environment)
                    .promote(barrier.given() ? request.barring(barrier.text()) : request, progress);
        }
        VerdictReport verdict = new VerdictReport(promotion.judged());
        if (promotion instanceof Promotion.Promoted promoted) {
            return promoted(verdict, to, promoted);
        }
        return refused(verdict, to, ((Promotion.Refused) promotion).reason());
    }

    private static Report promoted(VerdictReport verdict, ImageReference to, Promotion.Promoted promoted) {
        ObjectNode document = document(true, to);
        document.put("digest", promoted.judged().verdict().digest().toString());
        promoted.summary().ifPresent(digest -> document.put("summary", digest.toString()));
        document.putObject("copied")
                .put("manifests", promoted.copied().manifests())
                .put("movedBlobs", promoted.copied().moved())
                .put("mountedBlobs", promoted.copied().mounted())
                .put("presentBlobs", promoted.copied().skipped())
                .put("movedBytes", promoted.copied().movedBytes());
        document.set("verdict", verdict.toJson());
        Report report = Report.done(document, page -> {
            verdict.writeTo(page);
            page.line(TextStyle.GOOD, "promoted ", to + ": " + promoted.copied().counts());
            promoted.summary().ifPresent(digest -> page.line("  verification summary " + digest));
        });
        return verdict.inAllFormats(report, Optional.empty());
    }

    private static Report refused(VerdictReport verdict, ImageReference to, String reason) {
        ObjectNode document = document(false, to);
        document.put("reason", reason);
        document.set("verdict", verdict.toJson());
        Report report = new Report(ExitStatus.REFUSED, document, page -> {
            verdict.writeTo(page);
            page.line(TextStyle.BAD, "refused  ", reason + "; nothing was written to " + to);
        });
        return verdict.inAllFormats(report, Optional.of(reason + "; nothing was written to " + to));
    }

    private static ObjectNode document(boolean promoted, ImageReference to) {
        return StrictJson.object()
                .put("schemaVersion", 1)
                .put("promoted", promoted)
                .put("target", to.toString());
    }
}
