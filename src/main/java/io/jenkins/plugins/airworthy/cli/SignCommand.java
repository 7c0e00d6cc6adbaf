package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.util.List;
import java.util.Optional;

/** {@code sign}: signs an image in the same way as cosign 3. */
final class SignCommand extends Command {
    private final Argument reference = parameter("REF", "The image to sign.");

    private final SignerOptions signing = with(new SignerOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy sign registry.example.com/team/app:1.2 --key release.key",
                "  airworthy sign registry.example.com/team/app:1.2 --keyless \\",
                "      --signing-config signing_config.json --trusted-root trusted_root.json",
                "  airworthy sign oci:target/images:1.2 --key release.key --format json");
    }

    @Override
    String afterStop() {
        return "No tag was moved. What was attached to the image before stays attached";
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference asked = ImageReference.parse(reference.text());
        StatementSigner signer = signing.signer(environment);
        try (ImageStore store = registries.stores(environment).open(asked)) {
            LocatedImage image = LocatedImage.find(store, asked);
            Observation now =
                    new Observation(Observer.BUILD_AGENT, environment.clock().instant());
            Attachments attachments = new Attachments();
            attachments.attach(
                    store,
                    image.manifest().descriptor(),
                    EvidenceWriter.signatureOf(image.subject(), Optional.of(now)),
                    signer,
                    environment.clock());
            ObjectNode document = image.document();
            attachments.writeTo(document);
            return Report.done(document, page -> {
                page.line(TextStyle.STRONG, "signed   ", asked + " at " + image.digest());
                attachments.writeTo(page);
            });
        }
    }
}
