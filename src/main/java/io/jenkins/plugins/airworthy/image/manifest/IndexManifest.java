package io.jenkins.plugins.airworthy.image.manifest;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An image index: several manifests under one digest, usually one for each platform. */
public record IndexManifest(
        ManifestBytes content,
        List<Descriptor> manifests,
        Optional<Descriptor> subject,
        Optional<String> artifactType,
        Map<String, String> annotations)
        implements Manifest {

    public IndexManifest {
        manifests = List.copyOf(manifests);
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    static IndexManifest parse(ManifestBytes content, JsonObject json) throws InvalidInputException {
        // An empty list is written as [] (or as null, by Go). A document without the member does not say what it lists.
        if (!json.node().has("manifests")) {
            throw json.error("manifests", "is missing");
        }
        return new IndexManifest(
                content,
                Manifest.descriptors(json, "manifests"),
                Manifest.subjectOf(json),
                json.optionalString("artifactType"),
                json.stringMap("annotations"));
    }

    @Override
    public List<Descriptor> children() {
        return manifests;
    }
}
