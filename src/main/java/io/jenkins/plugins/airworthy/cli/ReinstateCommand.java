package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.List;

/** {@code reinstate}: lets an image be promoted again to a name from which it was rolled back. */
final class ReinstateCommand extends Command {
    private final Argument target = parameter("TARGET", "The name at which the image is held.");

    private final Argument digest = parameter("DIGEST", "The image.");

    private final Argument reason = required("--reason", "TEXT", "Why, for the ledger.");

    private final HistoryOptions history = with(new HistoryOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy reinstate registry.example.com/prod/app:stable sha256:... \\",
                "      --reason repaired --ledger ledger --ledger-key ledger.key");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference name = ImageReference.parse(target.text());
        Digest image = Digest.parse(digest.text());
        try (HistoryOptions.OpenGate open =
                history.open(registries.stores(environment), Gate.DEFAULT_TIME_LIMIT, environment, progress)) {
            open.requireHistory().reinstate(name, image, reason.text());
        }
        return Report.done(
                StrictJson.object()
                        .put("schemaVersion", 1)
                        .put("target", name.toString())
                        .put("reinstated", image.toString()),
                page -> page.line(TextStyle.GOOD, "reinstated ", image + " may be promoted to " + name + " again"));
    }
}
