package io.jenkins.plugins.airworthy.build.adopt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An image of another builder, as the registry has it.
 *
 * @param reference where it is, as it was asked for
 * @param form of the builder's output
 */
public record AdoptedImage(ImageReference reference, ResolvedImage image, OutputForm form) {

    public Digest digest() {
        return image.digest();
    }

    /**
     * The parameters of its provenance that say how it was adopted.
     *
     * @param file the builder's output
     */
    public ObjectNode parameters(String file) {
        ObjectNode json = StrictJson.object();
        json.putObject("adopted")
                .put("reference", reference.toString())
                .put("from", form.toString())
                .put("file", file);
        return json;
    }

    /**
     * The statements that its builder put into the index. They are not signed and nobody checked them: provenance that names their
     * digests keeps others from taking their place, and says nothing about their content.
     */
    public List<Provenance.Dependency> byproducts() {
        if (!(image.manifest() instanceof IndexManifest index)) {
            return List.of();
        }
        Set<Digest> images =
                image.platforms().stream().map(PlatformImage::digest).collect(Collectors.toSet());
        return index.manifests().stream()
                .map(Descriptor::digest)
                .filter(child -> !images.contains(child))
                .map(child -> Provenance.Dependency.ofManifest(reference.at(child)))
                .toList();
    }
}
