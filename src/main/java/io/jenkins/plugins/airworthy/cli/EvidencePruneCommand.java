package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.gate.PrunePlan;
import io.jenkins.plugins.airworthy.gate.PruneRequest;
import io.jenkins.plugins.airworthy.gate.PrunedStatements;
import io.jenkins.plugins.airworthy.gate.Pruner;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code evidence prune}: removes statements that newer ones of the same type, signer, observer and suite replace. Failed test
 * results, statements without a time, and statements by other signers stay.
 */
@picocli.CommandLine.Command(
        footer = {
            "  airworthy evidence prune registry.example.com/staging/app:1.2 --trust scan=scan.pub --dry-run",
            "  airworthy evidence prune registry.example.com/staging/app:1.2 --trust scan=scan.pub \\",
            "      --policy production.yaml --yes"
        })
final class EvidencePruneCommand extends Command {
    @Parameters(paramLabel = "REF", description = "The image.")
    String reference;

    @Mixin
    TrustOptions trust;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "Keep all that this policy may count. If one of its expressions reads all evidence, only copies are removed.")
    Optional<String> policy = Optional.empty();

    @Option(names = "--dry-run", description = "Say what would be removed, and remove nothing.")
    boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    boolean yes;

    @Mixin
    RegistryOptions registries;

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference image = ImageReference.parse(reference);
        TrustedSigners signers = trust.signers(environment, progress);
        if (signers.keys().isEmpty() && signers.identities().isEmpty()) {
            throw new InvalidInputException("no signer is given whose statements may be removed: add --trust NAME=FILE,"
                    + " or --trusted-root FILE with --identity ISSUER=SUBJECT");
        }
        Optional<Setting> named = Setting.policy(policy, environment);
        List<Policy> by = named.isEmpty()
                ? List.of()
                : List.of(GateOptions.read(named.get().origin(), named.get().value()));
        Pruner pruner = new Pruner(registries.stores(environment), environment.clock(), PrunedStatements.UNRECORDED);
        PrunePlan plan = pruner.plan(new PruneRequest(image, signers, by), progress);
        boolean removed = !dryRun && !plan.removals().isEmpty() && isWanted(environment, plan);
        if (removed) {
            pruner.remove(image, plan, progress);
        }
        return Report.done(document(image, plan, removed), page -> write(page, image, plan, removed));
    }

    private boolean isWanted(CommandEnvironment environment, PrunePlan plan) throws InvalidInputException {
        if (yes) {
            return true;
        }
        TextReport page = new TextReport(environment.colours());
        list(page, plan);
        environment.err().println(page);
        char[] answer = environment
                .keyboard()
                .apply("Remove these " + plan.removals().size() + " statements? Type yes: ")
                .orElseThrow(() -> new InvalidInputException(plan.removals().size()
                        + " statements would be removed, and no terminal is there to ask at: add --yes or --dry-run"));
        return Arrays.equals(answer, "yes".toCharArray());
    }

    private static ObjectNode document(ImageReference image, PrunePlan plan, boolean removed) {
        ObjectNode document = StrictJson.object()
                .put("schemaVersion", 1)
                .put("image", image.toString())
                .put("removed", removed)
                .put("kept", plan.kept());
        ArrayNode list = document.putArray("replaced");
        for (PrunePlan.Removal removal : plan.removals()) {
            ObjectNode entry = list.addObject()
                    .put("digest", removal.evidence().manifest().toString())
                    .put("subject", removal.evidence().subject().toString())
                    .put("predicateType", removal.evidence().predicateType())
                    .put("signer", removal.evidence().signer().label())
                    .put("copy", removal.copy());
            removal.evidence()
                    .seen()
                    .ifPresent(seen -> entry.put("observedAt", seen.at().toString()));
        }
        return document;
    }

    private static void write(TextReport page, ImageReference image, PrunePlan plan, boolean removed) {
        list(page, plan);
        page.line(
                removed ? TextStyle.GOOD : TextStyle.PLAIN,
                removed ? "removed  " : "replaced ",
                String.format(
                        Locale.ROOT,
                        "%d statements about %s, %d stay%s",
                        plan.removals().size(),
                        image,
                        plan.kept(),
                        removed || plan.removals().isEmpty() ? "" : "; nothing was removed"));
    }

    private static void list(TextReport page, PrunePlan plan) {
        for (PrunePlan.Removal removal : plan.removals()) {
            String seen = removal.evidence()
                    .seen()
                    .map(observation -> " at " + observation.at())
                    .orElse("");
            page.line("  " + removal.evidence().predicateType() + " by "
                    + removal.evidence().signer().label() + seen + (removal.copy() ? ", a copy" : ""));
            page.line("    " + removal.evidence().manifest());
        }
    }
}
