package io.jenkins.plugins.airworthy.image.copy;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that must be copied for one image, collected before anything is written. Refuses too deeply nested, too
 * many or too large manifests, layers that may not be distributed, and evidence about another image.
 */
final class CopyPlan {
    /** An index of images is one level, its images the next. */
    static final int MAX_DEPTH = 3;

    static final int MAX_MANIFESTS = 8_000;

    /** All manifests are held in memory, evidence included. */
    static final long MAX_MANIFEST_BYTES = 16L * 1024 * 1024;

    static final int MAX_BLOBS = 20_000;

    static final long MAX_BLOB_BYTES = 1024L * 1024 * 1024 * 1024;

    /** Evidence for one tag. Everything else in the source's manifest is not evidence, and is not copied. */
    record Tagged(String tag, List<Descriptor> layers) {}

    private final ImageStore from;
    private final Digest image;
    private final Map<Digest, Manifest> manifests = new LinkedHashMap<>();
    private final Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
    private final List<Tagged> tagged = new ArrayList<>();
    private long manifestBytes;
    private long blobBytes;

    private CopyPlan(ImageStore from, Digest image) {
        this.from = from;
        this.image = image;
    }

    static CopyPlan of(ImageStore from, Digest image, List<Digest> evidence, List<EvidenceTag> tags)
            throws AirworthyException, InterruptedException {
        CopyPlan plan = new CopyPlan(from, image);
        plan.add(plan.fetch(image), 1);
        for (Digest digest : evidence) {
            Manifest manifest = plan.fetch(digest);
            if (manifest instanceof ImageManifest layers && plan.addTagged(layers, tags)) {
                continue;
            }
            Optional<Digest> subject = manifest.subject().map(Descriptor::digest);
            if (subject.isEmpty() || !plan.manifests.containsKey(subject.get())) {
                throw new InvalidInputException(from.location() + ": " + digest + " is not evidence about " + image
                        + ": its subject is " + subject.map(Digest::toString).orElse("missing"));
            }
            plan.add(manifest, 1);
        }
        return plan;
    }

    /** Adds the layers that are evidence about the copied manifests. Returns false if there are none. */
    private boolean addTagged(ImageManifest manifest, List<EvidenceTag> tags) throws InvalidInputException {
        Map<String, List<Descriptor>> wanted = new LinkedHashMap<>();
        for (EvidenceTag tag : tags) {
            if (tag.manifest().equals(manifest.digest())
                    && manifests.containsKey(tag.subject())
                    && manifest.layers().stream().anyMatch(layer -> isSame(layer, tag.layer()))) {
                wanted.computeIfAbsent(tag.tag(), t -> new ArrayList<>()).add(tag.layer());
            }
        }
        for (Map.Entry<String, List<Descriptor>> place : wanted.entrySet()) {
            for (Descriptor blob : place.getValue()) {
                addBlob(blob);
            }
            tagged.add(new Tagged(place.getKey(), place.getValue()));
        }
        return !wanted.isEmpty();
    }

    /** Returns whether two descriptors name the same content, regardless of their other members. */
    private static boolean isSame(Descriptor one, Descriptor other) {
        return one.digest().equals(other.digest())
                && one.size() == other.size()
                && one.mediaType().equals(other.mediaType());
    }

    /** Evidence that belongs at tags of the target. */
    List<Tagged> tagged() {
        return List.copyOf(tagged);
    }

    Manifest image() {
        return manifests.get(image);
    }

    /** The manifests in the order of writing, children before parents. */
    List<Manifest> manifests() {
        return List.copyOf(manifests.values());
    }

    List<Descriptor> blobs() {
        return List.copyOf(blobs.values());
    }

    long blobBytes() {
        return blobBytes;
    }

    private void add(Manifest manifest, int depth) throws AirworthyException, InterruptedException {
        if (manifests.containsKey(manifest.digest())) {
            return;
        }
        if (manifest instanceof IndexManifest) {
            if (depth >= MAX_DEPTH) {
                throw refuse(manifest.digest(), "is an index nested deeper than the allowed " + MAX_DEPTH);
            }
            for (Descriptor child : manifest.children()) {
                if (!manifests.containsKey(child.digest())) {
                    add(fetch(child.digest()), depth + 1);
                }
            }
        } else {
            for (Descriptor blob : manifest.children()) {
                addBlob(blob);
            }
        }
        manifests.put(manifest.digest(), manifest);
    }

    private void addBlob(Descriptor blob) throws InvalidInputException {
        if (MediaTypes.isForeign(blob.mediaType())) {
            throw refuse(
                    blob.digest(),
                    "is a layer that may not be distributed ('" + blob.mediaType()
                            + "') and cannot be copied; build the image without it");
        }
        Descriptor before = blobs.putIfAbsent(blob.digest(), blob);
        if (before != null && before.size() != blob.size()) {
            throw refuse(blob.digest(), "is named with two sizes, " + before.size() + " and " + blob.size());
        }
        if (before == null) {
            if (blobs.size() > MAX_BLOBS || blob.size() > MAX_BLOB_BYTES - blobBytes) {
                throw refuse(
                        blob.digest(),
                        "is one blob too many: at most " + MAX_BLOBS + " of together " + MAX_BLOB_BYTES
                                + " bytes are copied");
            }
            blobBytes += blob.size();
        }
    }

    private Manifest fetch(Digest digest) throws AirworthyException, InterruptedException {
        Optional<Manifest> found = from.manifest(digest);
        if (found.isEmpty()) {
            throw new UndecidedException(
                    from.location() + ": manifest " + digest + " is not there, so the image cannot be copied whole");
        }
        manifestBytes += found.get().content().size();
        if (manifests.size() + tagged.size() >= MAX_MANIFESTS || manifestBytes > MAX_MANIFEST_BYTES) {
            throw refuse(
                    digest,
                    "is one manifest too many: at most " + MAX_MANIFESTS + " of together " + MAX_MANIFEST_BYTES
                            + " bytes are copied");
        }
        return found.get();
    }

    private InvalidInputException refuse(Digest part, String problem) {
        return new InvalidInputException(from.location() + ": " + part + " " + problem);
    }
}
