package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceInventory;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.attach.StoredEvidence;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.sigstore.ClaimedIdentity;

import java.util.List;

/** {@code evidence show}: prints one statement. Says on standard error if it was not verified. */
final class EvidenceShowCommand extends Command {
    private final Argument reference = parameter("REF", "The image, or one child of an index by its digest.");

    private final EvidenceQuery query = with(new EvidenceQuery());

    private final TrustOptions trust = with(new TrustOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy evidence show registry.example.com/team/app:1.2 --type cyclonedx \\",
                "      --trust release=release.pub",
                "  airworthy evidence show oci:target/images:1.2 --type vuln --newest");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference asked = ImageReference.parse(reference.text());
        TrustedSigners trusted = trust.signers(environment, progress);
        try (ImageStore store = registries.stores(environment).open(asked)) {
            LocatedImage image = LocatedImage.find(store, asked);
            EvidenceInventory inventory = EvidenceReader.inventory(store, image.digest(), trusted, ClaimedIdentity::in);
            StoredEvidence piece = query.one(inventory, TrustOptions.trusts(trusted), asked.toString());
            byte[] payload =
                    StatementContent.fetch(store, image.digest(), piece).payload();
            ObjectNode statement = StrictJson.parseObject(
                            payload, "evidence " + piece.manifest() + ": statement", Statement.MAX_BYTES)
                    .node();
            StatementContent.warn(piece, TrustOptions.trusts(trusted), environment);
            ObjectNode document = image.document();
            EvidenceList.write(piece, document.putObject("evidence"));
            document.set("statement", statement);
            return Report.done(document, page -> page.json(statement));
        }
    }
}
