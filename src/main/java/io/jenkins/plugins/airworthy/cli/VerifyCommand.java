package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/** {@code verify}: says whether an image passes a policy, item by item, and changes nothing. */
@picocli.CommandLine.Command(
        footer = {
            "  airworthy verify registry.example.com/staging/app:1.2 \\",
            "      --policy production.yaml --trust release=release.pub",
            "  airworthy verify oci:target/images:1.2 --policy production.yaml --trust release=release.pub \\",
            "      --format json"
        })
final class VerifyCommand extends Command {
    @Parameters(paramLabel = "REF", description = "The image to judge.")
    String reference;

    @Mixin
    GateOptions gate;

    @Mixin
    OlderTrustOption older;

    @Option(
            names = "--target",
            paramLabel = "REF",
            description = "Also judge whether the image may be promoted to this name.")
    Optional<String> target = Optional.empty();

    @Mixin
    RegistryOptions registries;

    @Override
    Report run(CommandEnvironment surroundings, Progress progress) throws AirworthyException, InterruptedException {
        Optional<ImageReference> to =
                target.isEmpty() ? Optional.empty() : Optional.of(ImageReference.parse(target.get()));
        VerifyRequest request = new VerifyRequest(
                ImageReference.parse(reference),
                to,
                gate.policy(surroundings),
                gate.keys(older.keys, surroundings, progress),
                gate.certificates(surroundings));
        GateOptions.report(request.missingTrust(), progress);
        Judged judged = new Gate(registries.stores(surroundings), surroundings.clock(), gate.timeLimit())
                .verify(request, progress);
        VerdictReport report = new VerdictReport(judged);
        ExitStatus status = judged.verdict().passed() ? ExitStatus.DONE : ExitStatus.REFUSED;
        return new Report(status, report.toJson(), report::writeTo);
    }
}
