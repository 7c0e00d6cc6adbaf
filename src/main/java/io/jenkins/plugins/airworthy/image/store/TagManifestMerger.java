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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Adds layers to the manifest at a tag where several writers store evidence, one layer for each signature. Such a tag has no
 * protection against concurrent writers, so each reads it again after writing and restores every layer that it has seen and that was
 * lost. Refuses a tag that does not point at an image manifest, and more layers than readers accept.
 */
public final class TagManifestMerger {
    /** How many layers such a manifest may have; cosign reads no more either. */
    public static final int MAX_LAYERS = 1_000;

    /** How often the layers are written before giving up. */
    static final int MAX_TRIES = 12;

    /** The longest wait between writing and looking again, in milliseconds. */
    private static final long LONGEST_SETTLING_MILLIS = 2_000;

    private static final int STRIPES = 64;
    private static final ReentrantLock[] LOCKS =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

    private final ImageStore store;
    private final String tag;

    private TagManifestMerger(ImageStore store, String tag) {
        this.store = store;
        this.tag = tag;
    }

    /**
     * Adds the layers of a manifest, whose blobs are there already; one writer of this process at a time for each tag. Where
     * the tag stands for nothing yet, the manifest itself is put there, byte for byte.
     *
     * @return the manifest that the tag points at now
     */
    public static Manifest add(ImageStore store, String tag, ImageManifest addition)
            throws AirworthyException, InterruptedException {
        ReentrantLock lock = LOCKS[Math.floorMod((store.location().repository() + tag).hashCode(), STRIPES)];
        lock.lockInterruptibly();
        try {
            return new TagManifestMerger(store, tag).merge(addition);
        } finally {
            lock.unlock();
        }
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

    private Manifest merge(ImageManifest addition) throws AirworthyException, InterruptedException {
        Map<Descriptor, JsonNode> seen = layers(addition);
        for (int attempt = 1; attempt <= MAX_TRIES; attempt++) {
            long started = System.nanoTime();
            Optional<ImageManifest> there = read();
            Map<Descriptor, JsonNode> wanted = new LinkedHashMap<>();
            if (there.isPresent()) {
                wanted.putAll(layers(there.get()));
            }
            boolean complete = wanted.keySet().containsAll(seen.keySet());
            seen.forEach(wanted::putIfAbsent);
            seen = wanted;
            if (complete && attempt > 1) {
                return there.orElseThrow();
            }
            if (!complete) {
                ImageManifest next = next(there, addition, wanted);
                store.putManifest(next);
                store.tag(tag, next);
            }
            settle(started, attempt);
        }
        throw new UndecidedException("could not write the evidence at " + store.location() + ":" + tag
                + ": other writers changed the tag " + MAX_TRIES + " times; try again");
    }

    private Optional<ImageManifest> read() throws AirworthyException, InterruptedException {
        Optional<Manifest> found = store.manifest(tag);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.get() instanceof ImageManifest manifest) {
            return Optional.of(manifest);
        }
        throw new UndecidedException("could not add to the evidence at " + store.location() + ":" + tag
                + ": it is an index, and no manifest with signatures; remove that tag");
    }

    private ImageManifest next(Optional<ImageManifest> there, ImageManifest addition, Map<Descriptor, JsonNode> wanted)
            throws AirworthyException, InterruptedException {
        if (wanted.size() > MAX_LAYERS) {
            throw new UndecidedException("the evidence at " + store.location() + ":" + tag + " would have "
                    + wanted.size() + " layers, more than the allowed " + MAX_LAYERS + "; remove old evidence");
        }
        if (there.isEmpty()
                && addition.subject().isEmpty()
                && Set.copyOf(addition.layers()).equals(wanted.keySet())) {
            return addition;
        }
        ImageManifest base = there.orElse(addition);
        ObjectNode json = document(base);
        json.putArray("layers").addAll(wanted.values());
        return withConfig(store, base.content().mediaType(), json, List.copyOf(wanted.keySet()));
    }

    private static Map<Descriptor, JsonNode> layers(ImageManifest manifest) throws InvalidInputException {
        JsonNode nodes = document(manifest).path("layers");
        Map<Descriptor, JsonNode> layers = new LinkedHashMap<>();
        for (int i = 0; i < manifest.layers().size(); i++) {
            layers.putIfAbsent(manifest.layers().get(i), nodes.get(i));
        }
        return layers;
    }

    private static ObjectNode document(ImageManifest manifest) throws InvalidInputException {
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

    /** Waits until a writer that read before we wrote has written, if it takes about as long as we did. */
    private static void settle(long startedNanos, int attempt) throws InterruptedException {
        long took = Duration.ofNanos(System.nanoTime() - startedNanos).toMillis() + 1;
        long wait = 2 * took + ThreadLocalRandom.current().nextLong(took * Math.min(attempt, 8) + 1);
        Thread.sleep(Math.min(wait, LONGEST_SETTLING_MILLIS));
    }
}
