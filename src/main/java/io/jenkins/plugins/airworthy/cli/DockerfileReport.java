package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.build.dockerfile.DockerfileBuild;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;

import java.util.Optional;

/**
 * The report of a Dockerfile that a builder built.
 *
 * @param base what the image begins with
 * @param doubt why that is not known
 */
record DockerfileReport(
        DockerfileBuild built, Optional<Provenance.Base> base, Optional<String> doubt, Attachments attachments) {

    Report report() {
        ObjectNode document = LocatedImage.of(built.image().image()).document();
        document.put("image", built.image().reference().toString());
        document.putObject("builder").put("name", built.builder().toString()).put("version", built.version());
        base.ifPresent(known ->
                document.putObject("base").put("image", known.reference()).put("digest", known.digest()));
        doubt.ifPresent(reason -> document.put("baseUnchecked", reason));
        ArrayNode images = document.putArray("images");
        built.images().forEach((asked, pinned) -> images.addObject()
                .put("image", asked.toString())
                .put("digest", pinned.digest().orElseThrow().toString()));
        ArrayNode platforms = document.putArray("platforms");
        built.image().image().platforms().forEach(p -> platforms
                .addObject()
                .put("platform", p.platform().toString())
                .put("digest", p.digest().toString())
                .put("config", p.manifest().config().digest().toString()));
        attachments.writeTo(document);
        return Report.done(document, page -> {
            page.line(
                    TextStyle.STRONG,
                    "built    ",
                    built.image().reference() + " at " + built.image().digest());
            page.line("  by " + built.builder() + " " + built.version());
            base.ifPresent(known -> page.line("  on " + known.reference() + " at " + known.digest()));
            doubt.ifPresent(reason -> page.line("  its base is not known: " + reason));
            attachments.writeTo(page);
        });
    }
}
