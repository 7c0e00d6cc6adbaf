package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.sbom.SbomDocument;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.util.List;
import java.util.Optional;

/**
 * {@code attest}: signs the caller's own statement about an image. Refuses the predicate types that the product itself makes from
 * its observations: a hand-written "clean" scan must not look like a scan. A bill of materials of another tool is taken, and as all
 * that is attested it counts as imported.
 */
final class AttestCommand extends Command {
    private final Argument reference = parameter("REF", "The image that the statement is about.");

    private final Argument type = required(
                    "--type",
                    "URI",
                    "The statement's predicate type, a URI of your own; or cyclonedx or spdx for a bill of materials"
                            + " that another tool made, which counts as imported.")
            .spelling("--predicate-type");

    private final Argument predicate = required("--predicate", "FILE", "The statement's content, a JSON object.")
            .spelling("--predicate-file");

    private final SignerOptions signing = with(new SignerOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy attest registry.example.com/team/app:1.2 \\",
                "      --type https://example.com/review/v1 --predicate review.json --key release.key",
                "  airworthy attest registry.example.com/team/app:1.2 --type cyclonedx --predicate sbom.json \\",
                "      --key release.key");
    }

    @Override
    String afterStop() {
        return "No tag was moved. What was attached to the image before stays attached";
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference asked = ImageReference.parse(reference.text());
        String predicateType = PredicateNames.type(type.text());
        boolean sbom = SbomDocument.isType(predicateType);
        if (!sbom) {
            PredicateTypes.requireOwn(predicateType, "--type");
        }
        InputFile file = InputFile.of("--predicate", predicate.text());
        byte[] bytes = file.read(Statement.MAX_BYTES);
        ObjectNode content = sbom
                ? SbomDocument.parse(bytes, predicateType, file.toString())
                : StrictJson.parseObject(bytes, file.toString(), Statement.MAX_BYTES)
                        .node();
        StatementSigner signer = signing.signer(environment);
        try (ImageStore store = registries.stores(environment).open(asked)) {
            LocatedImage image = LocatedImage.find(store, asked);
            if (sbom && image.manifest() instanceof IndexManifest) {
                throw new InvalidInputException(asked + ": is an index of several images, and a bill of materials is of"
                        + " one: name the image of one platform by its digest");
            }
            Observation handedIn =
                    new Observation(Observer.IMPORTED, environment.clock().instant());
            Statement statement = new Statement(image.subject(), Optional.of(handedIn), predicateType, content);
            Attachments attachments = new Attachments();
            attachments.attach(store, image.manifest().descriptor(), statement, signer, environment.clock());
            ObjectNode document = image.document();
            attachments.writeTo(document);
            return Report.done(document, page -> {
                page.line(TextStyle.STRONG, "attested ", asked + " at " + image.digest());
                attachments.writeTo(page);
            });
        }
    }
}
