package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceFound;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;

/** {@code evidence}: lists the evidence of an image, and what of it the given keys and identities signed. Makes no decision. */
@picocli.CommandLine.Command(
        footer = {
            "  airworthy evidence registry.example.com/team/app:1.2 --key release=release.pub",
            "  airworthy evidence oci:target/images:1.2 --format json"
        })
final class EvidenceCommand extends Command {
    @Parameters(paramLabel = "REF", description = "The image, or one child of an index by its digest.")
    String reference;

    @Mixin
    TrustOptions trust;

    @Mixin
    RegistryOptions registries;

    @Override
    Report run(CommandEnvironment surroundings, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference asked = ImageReference.parse(reference);
        TrustedSigners trusted = trust.signers(surroundings);
        try (ImageStore store = registries.stores(surroundings).open(asked)) {
            LocatedImage image = LocatedImage.find(store, asked);
            List<Descriptor> referrers = store.referrers(image.digest());
            EvidenceFound found = EvidenceReader.read(store, image.digest(), trusted);
            return Report.done(document(image, referrers, found), page -> write(page, image, referrers, found));
        }
    }

    private static ObjectNode document(LocatedImage image, List<Descriptor> referrers, EvidenceFound found) {
        ObjectNode document = image.document();
        document.put("referrers", referrers.size());
        ArrayNode verified = document.putArray("verified");
        for (VerifiedEvidence evidence : found.verified()) {
            ObjectNode entry = verified.addObject()
                    .put("digest", evidence.manifest().toString())
                    .put("predicateType", evidence.predicateType())
                    .put("signer", evidence.signer().label());
            evidence.statement().observation().ifPresent(seen -> entry.put(
                            "observer", seen.observer().toString())
                    .put("observedAt", seen.at().toString()));
        }
        ArrayNode rejected = document.putArray("rejected");
        found.rejected().forEach(evidence -> rejected.addObject()
                .put("digest", evidence.manifest().toString())
                .put("reason", evidence.reason()));
        return document;
    }

    private static void write(TextReport page, LocatedImage image, List<Descriptor> referrers, EvidenceFound found) {
        page.line(TextStyle.STRONG, "evidence of ", image.reference() + " at " + image.digest());
        for (VerifiedEvidence evidence : found.verified()) {
            String seen = evidence.statement()
                    .observation()
                    .map(o -> ", " + o.observer() + " at " + o.at())
                    .orElse("");
            page.line(
                    TextStyle.GOOD,
                    "  verified ",
                    evidence.predicateType() + " by " + evidence.signer().label() + seen);
            page.line("           " + evidence.manifest());
        }
        found.rejected().forEach(evidence -> {
            page.line(TextStyle.BAD, "  rejected ", evidence.reason());
            page.line("           " + evidence.manifest());
        });
        int bundles = found.verified().size() + found.rejected().size();
        page.line(found.verified().size() + " verified, " + found.rejected().size() + " rejected, "
                + Math.max(0, referrers.size() - bundles) + " other referrers");
    }
}
