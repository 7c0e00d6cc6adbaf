package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
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

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code evidence prune}: removes statements that newer ones of the same type, signer, observer and suite replace. Failed test
 * results, statements without a time, and statements by other signers stay.
 */
final class EvidencePruneCommand extends Command {
    private final Argument reference = parameter("REF", "The image.");

    private final TrustOptions trust = with(new TrustOptions());

    private final Argument policy = optional(
            "--policy",
            "FILE",
            "Keep all that this policy may count. If one of its expressions reads all evidence, only copies are removed.");

    private final Argument dryRun = flag("--dry-run", "Say what would be removed, and remove nothing.");

    private final Argument yes = flag("--yes", "Do not ask.");

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy evidence prune registry.example.com/staging/app:1.2 --trust scan=scan.pub --dry-run",
                "  airworthy evidence prune registry.example.com/staging/app:1.2 --trust scan=scan.pub \\",
                "      --policy production.yaml --yes");
    }

    @Override
    String afterStop() {
        return "No tag of an image was moved. What was removed before stays removed";
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference image = ImageReference.parse(reference.text());
        TrustedSigners signers = trust.signers(environment, progress);
        if (signers.keys().isEmpty() && signers.identities().isEmpty()) {
            throw new InvalidInputException("no signer is given whose statements may be removed: add --trust NAME=FILE,"
                    + " or --trusted-root FILE with --identity ISSUER=SUBJECT");
        }
        Optional<Setting> named = Setting.policy(policy.value(), environment);
        List<Policy> by = named.isEmpty()
                ? List.of()
                : List.of(GateOptions.read(named.get().origin(), named.get().value()));
        Pruner pruner = new Pruner(registries.stores(environment), environment.clock(), PrunedStatements.UNRECORDED);
        PrunePlan plan = pruner.plan(new PruneRequest(image, signers, by), progress);
        boolean removed = !dryRun.given() && !plan.removals().isEmpty() && isWanted(environment, plan);
        if (removed) {
            pruner.remove(image, plan, progress);
        }
        return Report.done(document(image, plan, removed), page -> write(page, image, plan, removed));
    }

    private boolean isWanted(CommandEnvironment environment, PrunePlan plan) throws InvalidInputException {
        if (yes.given()) {
            return true;
        }
        TextReport page = new TextReport(environment.colours());
        list(page, plan);
        environment.err().println(page);
        char[] answer = environment
                .keyboard()
                .ask("Remove " + Count.of(plan.removals().size(), "statement") + "? Type yes: ")
                .orElseThrow(
                        () -> new InvalidInputException(Count.of(plan.removals().size(), "statement")
                                + " would be removed, and no terminal is there to ask at: add --yes or --dry-run"));
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
            entry.putArray("signers").add(removal.evidence().signer().toJson());
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
