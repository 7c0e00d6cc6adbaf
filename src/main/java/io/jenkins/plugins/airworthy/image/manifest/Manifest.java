package io.jenkins.plugins.airworthy.image.manifest;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A manifest: its original bytes and media type, never re-serialised, with a parsed view. Either one image (or an
 * artefact stored like one) or an index of several.
 */
public sealed interface Manifest permits ImageManifest, IndexManifest {
    /** The largest manifest that is read, in bytes: what registries accept at least (distribution specification). */
    int MAX_BYTES = 4 * 1024 * 1024;

    /** How many layers or children a manifest may name. */
    int MAX_CHILDREN = 10_000;

    /** How many values a manifest may have: a list of 4 MiB as registries write it has some 60,000. */
    int MAX_VALUES = 100_000;

    /** What an annotation, or half a descriptor, takes in memory. */
    int BYTES_OF_A_VALUE = 160;

    /** What the specifications of image manifest and index name. */
    Set<String> MEMBERS = Set.of(
            "schemaVersion", "mediaType", "artifactType", "config", "layers", "manifests", "subject", "annotations");

    ManifestBytes content();

    /** What this manifest says it is attached to. */
    Optional<Descriptor> subject();

    Optional<String> artifactType();

    Map<String, String> annotations();

    /** The content that a store must have before this manifest may be written, in order. */
    List<Descriptor> children();

    /** What its bytes and the view of them take in memory, roughly: annotations take far more than their text. */
    default int memory() {
        int values = annotations().size();
        for (Descriptor child : children()) {
            values += 2 + child.annotations().size();
        }
        return content().size() + values * BYTES_OF_A_VALUE;
    }

    default Digest digest() {
        return content().digest();
    }

    default Descriptor descriptor() {
        return new Descriptor(content().mediaType(), digest(), content().size());
    }

    /**
     * The manifest that these bytes are.
     *
     * @param mediaType as the store reports it; must agree with the one in the document, if there is one
     */
    static Manifest parse(String mediaType, byte[] bytes) throws InvalidInputException {
        ManifestBytes content = new ManifestBytes(mediaType, bytes);
        JsonObject json = StrictJson.parseObject(bytes, "manifest " + content.digest(), MAX_BYTES, MAX_VALUES);
        json.refuseLookalikes(MEMBERS);
        Optional<String> written = json.optionalString("mediaType");
        if (written.isPresent() && !written.get().equals(mediaType)) {
            throw json.error("mediaType", "'" + written.get() + "' but the store calls it '" + mediaType + "'");
        }
        if (json.count("schemaVersion") != 2) {
            throw json.error("schemaVersion", "only version 2 is understood");
        }
        boolean image = MediaTypes.IMAGES.contains(mediaType);
        if (!image && !MediaTypes.INDEXES.contains(mediaType)) {
            throw json.error("mediaType", "'" + mediaType + "' is neither an image manifest nor an index");
        }
        // If a document could be read as both kinds, one digest would mean two images.
        if (image && json.has("manifests")) {
            throw json.error("manifests", "an image manifest has no such member");
        }
        if (!image && (json.has("layers") || json.has("config"))) {
            throw json.error(json.has("layers") ? "layers" : "config", "an index has no such member");
        }
        return image ? ImageManifest.parse(content, json) : IndexManifest.parse(content, json);
    }

    /** The descriptors of an array, bounded by {@link #MAX_CHILDREN}. */
    static List<Descriptor> descriptors(JsonObject json, String name) throws InvalidInputException {
        List<JsonObject> objects = json.objects(name);
        if (objects.size() > MAX_CHILDREN) {
            throw json.error(name, "more than the allowed " + MAX_CHILDREN);
        }
        List<Descriptor> descriptors = new ArrayList<>();
        for (JsonObject object : objects) {
            descriptors.add(Descriptor.parse(object));
        }
        return List.copyOf(descriptors);
    }

    private static Optional<Descriptor> optionalDescriptor(JsonObject json, String name) throws InvalidInputException {
        Optional<JsonObject> object = json.optionalObject(name);
        return object.isEmpty() ? Optional.empty() : Optional.of(Descriptor.parse(object.get()));
    }

    /** What {@code subject} points at. */
    static Optional<Descriptor> subjectOf(JsonObject json) throws InvalidInputException {
        return optionalDescriptor(json, "subject");
    }
}
