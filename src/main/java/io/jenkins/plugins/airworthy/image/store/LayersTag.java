package io.jenkins.plugins.airworthy.image.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;

/**
 * A tag with evidence in the older format: an image manifest with a layer for each signature, and a config that names its layers, as
 * cosign makes them. Refuses a tag that points at an index, and more layers than readers accept.
 */
public final class LayersTag implements SharedTag {
    /** How many layers such a manifest may have; cosign reads no more either. */
    public static final int MAX_LAYERS = 1_000;

    private final ImageStore store;
    private final String tag;

    private LayersTag(ImageStore store, String tag) {
        this.store = store;
        this.tag = tag;
    }

    /**
     * Adds layers, whose blobs are there already, and ends when they stay there. The same layers make the same manifest where the tag
     * points at nothing yet.
     *
     * @return the manifest that the tag points at now
     */
    public static Manifest add(ImageStore store, String tag, List<Descriptor> layers)
            throws AirworthyException, InterruptedException {
        return new SharedTagWriter(new LayersTag(store, tag), store.tagWrites()).add(layers);
    }

    @Override
    public String name() {
        return store.location().repository() + ":" + tag;
    }

    @Override
    public String mediaType() {
        return MediaTypes.OCI_MANIFEST;
    }

    @Override
    public String member() {
        return "layers";
    }

    /** One payload that was signed twice is one blob with two annotations. */
    @Override
    public Object key(JsonObject entry) throws InvalidInputException {
        return Descriptor.parse(entry);
    }

    @Override
    public void complete(ObjectNode list, List<TagEntry> entries) throws AirworthyException, InterruptedException {
        if (entries.size() > MAX_LAYERS) {
            throw new UndecidedException("the evidence at " + name() + " would have " + entries.size()
                    + " layers, more than the allowed " + MAX_LAYERS + "; remove old evidence");
        }
        byte[] bytes = config(entries);
        boolean docker = list.path("mediaType").asText().equals(MediaTypes.DOCKER_MANIFEST);
        Descriptor config = Descriptor.of(docker ? MediaTypes.DOCKER_CONFIG : MediaTypes.OCI_CONFIG, bytes);
        store.putBlob(config, () -> new ByteArrayInputStream(bytes));
        list.set("config", config.toJson());
    }

    private static byte[] config(List<TagEntry> layers) {
        String never = "0001-01-01T00:00:00Z";
        ObjectNode config = StrictJson.object();
        config.put("architecture", "").put("created", never).put("os", "");
        ArrayNode history = config.putArray("history");
        ArrayNode digests = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        for (TagEntry layer : layers) {
            history.addObject().put("created", never);
            digests.add(layer.json().get("digest"));
        }
        config.putObject("config");
        return StrictJson.write(config);
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
    public Optional<UndecidedException> write(Optional<Manifest> before, Manifest list)
            throws AirworthyException, InterruptedException {
        return store.tagOnce(tag, before.map(Manifest::digest), list);
    }
}
