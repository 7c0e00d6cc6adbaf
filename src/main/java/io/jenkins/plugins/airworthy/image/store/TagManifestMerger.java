package io.jenkins.plugins.airworthy.image.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The manifest at a tag where several programs store evidence, one layer for each signature. Refuses a tag that does not stand for an
 * image manifest, and more layers than readers accept.
 */
public final class TagManifestMerger implements SharedTag {
    /** How many layers such a manifest may have; cosign reads no more either. */
    public static final int MAX_LAYERS = 1_000;

    private final ImageStore store;
    private final String tag;
    private final ImageManifest addition;

    private TagManifestMerger(ImageStore store, String tag, ImageManifest addition) {
        this.store = store;
        this.tag = tag;
        this.addition = addition;
    }

    /**
     * Adds the layers of a manifest, whose blobs are there already, and ends when they stay there. Where the tag stands for nothing
     * yet, the manifest itself is put there, byte for byte.
     *
     * @return the manifest that the tag stands for now
     */
    public static Manifest add(ImageStore store, String tag, ImageManifest addition)
            throws AirworthyException, InterruptedException {
        TagManifestMerger place = new TagManifestMerger(store, tag, addition);
        return new SharedTagWriter(place.name(), place, store.tagWrites()).add(place.entries(addition));
    }

    /** A manifest of these layers and no others, as cosign makes them; its config is written. */
    public static ImageManifest of(ImageStore store, List<Descriptor> layers)
            throws AirworthyException, InterruptedException {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        json.putObject("config");
        ArrayNode array = json.putArray("layers");
        layers.forEach(layer -> array.add(layer.toJson()));
        return withConfig(store, MediaTypes.OCI_MANIFEST, json, layers);
    }

    private String name() {
        return store.location().repository() + ":" + tag;
    }

    @Override
    public Optional<Manifest> read() throws AirworthyException, InterruptedException {
        Optional<Manifest> found = store.manifest(tag);
        if (found.isPresent() && !(found.get() instanceof ImageManifest)) {
            throw new UndecidedException("could not add to the evidence at " + name()
                    + ": it is an index, and no manifest with signatures; remove that tag");
        }
        return found;
    }

    @Override
    public List<TagEntry> entries(Manifest list) throws InvalidInputException {
        JsonNode nodes = document(list).path("layers");
        List<Descriptor> layers = layers(list);
        Map<Descriptor, TagEntry> entries = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            entries.putIfAbsent(layers.get(i), new TagEntry(layers.get(i), nodes.get(i)));
        }
        return List.copyOf(entries.values());
    }

    @Override
    public Manifest with(Optional<Manifest> before, List<TagEntry> entries)
            throws AirworthyException, InterruptedException {
        if (entries.size() > MAX_LAYERS) {
            throw new UndecidedException("the evidence at " + name() + " would have " + entries.size()
                    + " layers, more than the allowed " + MAX_LAYERS + "; remove old evidence");
        }
        List<Descriptor> layers =
                entries.stream().map(entry -> (Descriptor) entry.key()).toList();
        if (before.isEmpty()
                && addition.subject().isEmpty()
                && Set.copyOf(addition.layers()).equals(Set.copyOf(layers))) {
            return addition;
        }
        Manifest base = before.orElse(addition);
        ObjectNode json = document(base);
        ArrayNode array = json.putArray("layers");
        entries.forEach(entry -> array.add(entry.json()));
        return withConfig(store, base.content().mediaType(), json, layers);
    }

    @Override
    public Optional<UndecidedException> write(Optional<Manifest> before, Manifest list)
            throws AirworthyException, InterruptedException {
        return store.tagOnce(tag, before.map(Manifest::digest), list);
    }

    private static List<Descriptor> layers(Manifest manifest) {
        return ((ImageManifest) manifest).layers();
    }

    private static ObjectNode document(Manifest manifest) throws InvalidInputException {
        return StrictJson.parseObject(
                        manifest.content().bytes(),
                        "manifest " + manifest.digest(),
                        Manifest.MAX_BYTES,
                        Manifest.MAX_VALUES)
                .node();
    }

    /** Completes a manifest with a config that names its layers, the same for the same layers. */
    private static ImageManifest withConfig(
            ImageStore store, String mediaType, ObjectNode manifest, List<Descriptor> layers)
            throws AirworthyException, InterruptedException {
        String never = "0001-01-01T00:00:00Z";
        ObjectNode config = StrictJson.object();
        config.put("architecture", "").put("created", never).put("os", "");
        ArrayNode history = config.putArray("history");
        ArrayNode digests = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        for (Descriptor layer : layers) {
            history.addObject().put("created", never);
            digests.add(layer.digest().toString());
        }
        config.putObject("config");
        byte[] bytes = StrictJson.write(config);
        boolean docker = mediaType.equals(MediaTypes.DOCKER_MANIFEST);
        Descriptor blob = Descriptor.of(docker ? MediaTypes.DOCKER_CONFIG : MediaTypes.OCI_CONFIG, bytes);
        manifest.set("config", blob.toJson());
        byte[] written = StrictJson.write(manifest);
        if (written.length > Manifest.MAX_BYTES) {
            throw new UndecidedException(
                    "the evidence in " + store.location() + " would have a manifest larger than the" + " allowed "
                            + Manifest.MAX_BYTES + " bytes; remove old evidence");
        }
        store.putBlob(blob, () -> new ByteArrayInputStream(bytes));
        return (ImageManifest) Manifest.parse(mediaType, written);
    }
}
