package io.jenkins.plugins.airworthy.image.manifest;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifest of one image, or of an artefact stored like one: a config and layers. */
public record ImageManifest(
        ManifestBytes content,
        Descriptor config,
        List<Descriptor> layers,
        Optional<Descriptor> subject,
        Optional<String> artifactType,
        Map<String, String> annotations)
        implements Manifest {

    public ImageManifest {
        layers = List.copyOf(layers);
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    static ImageManifest parse(ManifestBytes content, JsonObject json) throws InvalidInputException {
        return new ImageManifest(
                content,
                Descriptor.parse(json.object("config")),
                Manifest.descriptors(json, "layers"),
                Manifest.subjectOf(json),
                json.optionalString("artifactType"),
                json.stringMap("annotations"));
    }

    /** Whether this is an image that could run, and not some other artefact. */
    public boolean hasImageConfig() {
        return MediaTypes.CONFIGS.contains(config.mediaType());
    }

    @Override
    public List<Descriptor> children() {
        List<Descriptor> children = new ArrayList<>(layers);
        children.add(config);
        return List.copyOf(children);
    }
}
