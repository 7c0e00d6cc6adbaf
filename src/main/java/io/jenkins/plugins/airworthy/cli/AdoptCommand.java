package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.build.adopt.AdoptedImage;
import io.jenkins.plugins.airworthy.build.adopt.Adoption;
import io.jenkins.plugins.airworthy.build.adopt.BuilderOutput;
import io.jenkins.plugins.airworthy.build.adopt.CommandLineAdoption;
import io.jenkins.plugins.airworthy.build.adopt.OutputFile;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.util.List;
import java.util.Optional;

/** {@code adopt}: signs provenance of an image that another builder pushed, which says that, and not how it was built. */
final class AdoptCommand extends Command {
    private final Argument reference =
            parameter("REF", "Where the builder pushed to; a tag must point at what it pushed.");

    private final Argument digestFile = required(
            "--digest-file",
            "FILE",
            "What the builder wrote about the image: a digest, lines of HOST/REPO[:TAG]@sha256:..., the metadata file of"
                    + " docker buildx or buildctl, jib-image.json, or report.toml of pack.");

    private final SignerOptions signing = with(new SignerOptions());

    private final SourceOptions source = with(new SourceOptions());

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy adopt registry.example.com/team/app:1.2 --digest-file build.json --key build.key \\",
                "      --source-repository https://git.example.com/team/app --source-ref refs/heads/main");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        ImageReference asked = ImageReference.parse(reference.text());
        String file = digestFile.text();
        Optional<Provenance.Source> from = source.source();
        BuilderOutput output =
                new OutputFile(InputFile.of("--digest-file", file).path(), file).read(Optional.empty());
        StatementSigner signer = signing.signer(environment);
        try (ImageStore store = registries.stores(environment).open(asked)) {
            AdoptedImage adopted = Adoption.of(store, asked, output);
            Statement provenance = CommandLineAdoption.of(
                    adopted, file, from, environment.clock().instant());
            Attachments attachments = new Attachments();
            attachments.attach(store, adopted.image().descriptor(), provenance, signer, environment.clock());
            ObjectNode document = LocatedImage.of(adopted.image()).document();
            document.put("image", asked.toString()).put("from", adopted.form().toString());
            attachments.writeTo(document);
            return Report.done(document, page -> {
                page.line(TextStyle.STRONG, "adopted  ", asked + " at " + adopted.digest());
                page.line("  its provenance says who adopted it, and not how it was built");
                attachments.writeTo(page);
            });
        }
    }
}
