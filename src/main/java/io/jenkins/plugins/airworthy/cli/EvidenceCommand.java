package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.sigstore.ClaimedIdentity;

import java.util.List;

/** {@code evidence}: lists what is attached to an image, and what of it the given keys and identities signed. Makes no decision. */
final class EvidenceCommand extends Command {
    private final Argument reference = parameter("REF", "The image, or one child of an index by its digest.");

    private final TrustOptions trust = with(new TrustOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy evidence registry.example.com/team/app:1.2",
                "  airworthy evidence registry.example.com/team/app:1.2 --trust release=release.pub",
                "  airworthy evidence oci:target/images:1.2 --format json");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference asked = ImageReference.parse(reference.text());
        TrustedSigners trusted = trust.signers(environment, progress);
        try (ImageStore store = registries.stores(environment).open(asked)) {
            LocatedImage image = LocatedImage.find(store, asked);
            EvidenceList list = new EvidenceList(
                    EvidenceReader.inventory(store, image.digest(), trusted, ClaimedIdentity::in),
                    TrustOptions.trusts(trusted));
            ObjectNode document = image.document();
            list.writeTo(document);
            return Report.done(document, page -> {
                page.line(TextStyle.STRONG, "evidence of ", image.reference() + " at " + image.digest());
                list.writeTo(page);
            });
        }
    }
}
