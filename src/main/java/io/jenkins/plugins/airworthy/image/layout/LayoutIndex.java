package io.jenkins.plugins.airworthy.image.layout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The {@code index.json} of an OCI image layout: which manifests the folder offers, and under which tags. Members that
 * are not understood are kept when it is written again. Refuses a tag that points at two digests.
 *
 * @param json the document; never changed after construction
 */
public record LayoutIndex(String what, IndexManifest parsed, ObjectNode json) {
    /** OCI image specification, annotations.md: the tag, in index.json only. */
    public static final String REF_NAME = "org.opencontainers.image.ref.name";

    static LayoutIndex empty(String what) throws InvalidInputException {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX).putArray("manifests");
        return parse(StrictJson.write(json), what);
    }

    public static LayoutIndex parse(byte[] bytes, String what) throws InvalidInputException {
        ObjectNode json = StrictJson.parseObject(bytes, what, Manifest.MAX_BYTES, Manifest.MAX_VALUES)
                .node();
        if (Manifest.parse(MediaTypes.OCI_INDEX, bytes) instanceof IndexManifest parsed
                && json.get("manifests") instanceof ArrayNode) {
            return new LayoutIndex(what, parsed, json);
        }
        throw new InvalidInputException(what + ": manifests: is missing");
    }

    public List<Descriptor> entries() {
        return parsed.manifests();
    }

    public Optional<Descriptor> tagged(String tag) throws InvalidInputException {
        Optional<Descriptor> found = Optional.empty();
        for (Descriptor entry : entries()) {
            if (tag.equals(entry.annotations().get(REF_NAME))) {
                if (found.isPresent() && !found.get().digest().equals(entry.digest())) {
                    throw new InvalidInputException(what + ": the tag '" + tag + "' points at two images, "
                            + found.get().digest() + " and " + entry.digest() + "; remove one of them");
                }
                found = Optional.of(entry);
            }
        }
        return found;
    }

    Optional<Descriptor> entry(Digest digest) {
        return entries().stream().filter(e -> e.digest().equals(digest)).findFirst();
    }

    /**
     * Returns the index in which the tag points at this manifest only. Tagged images come first, before tags of evidence,
     * because tools that are given a folder without a tag treat the first entry as the image.
     */
    public LayoutIndex withTag(String tag, Manifest manifest) throws InvalidInputException {
        ArrayNode kept = StrictJson.object().putArray("manifests");
        int lastTagged = 0;
        for (int i = 0; i < entries().size(); i++) {
            Optional<String> name =
                    Optional.ofNullable(entries().get(i).annotations().get(REF_NAME));
            boolean moved = name.equals(Optional.of(tag));
            // An entry without a tag lists evidence, and must outlive any tag of the same manifest.
            boolean replaced = name.isEmpty()
                    && manifest.subject().isEmpty()
                    && entries().get(i).digest().equals(manifest.digest());
            if (!moved && !replaced) {
                kept.add(json.get("manifests").get(i));
                lastTagged = name.filter(after(tag)).isPresent() ? kept.size() : lastTagged;
            }
        }
        ObjectNode added = describe(manifest).toJson();
        added.putObject("annotations").put(REF_NAME, tag);
        kept.insert(lastTagged, added);
        return with(kept);
    }

    /** Returns the tags that come before a new one: for an image all images, for evidence everything. */
    private static Predicate<String> after(String tag) {
        return ImageReference.EVIDENCE_TAG.matcher(tag).matches()
                ? name -> true
                : ImageReference.EVIDENCE_TAG.asMatchPredicate().negate();
    }

    /** Returns the index that lists this manifest without a tag. */
    LayoutIndex withEvidence(Manifest manifest) throws InvalidInputException {
        for (Descriptor entry : entries()) {
            if (entry.digest().equals(manifest.digest()) && !entry.annotations().containsKey(REF_NAME)) {
                return this;
            }
        }
        ArrayNode more = StrictJson.object().putArray("manifests");
        json.get("manifests").forEach(more::add);
        more.add(describe(manifest).toJson());
        return with(more);
    }

    /** Returns the index without the untagged entries of these manifests. */
    LayoutIndex without(Set<Digest> evidence) throws InvalidInputException {
        ArrayNode kept = StrictJson.object().putArray("manifests");
        for (int i = 0; i < entries().size(); i++) {
            Descriptor entry = entries().get(i);
            if (!evidence.contains(entry.digest()) || entry.annotations().containsKey(REF_NAME)) {
                kept.add(json.get("manifests").get(i));
            }
        }
        return with(kept);
    }

    public byte[] bytes() {
        return StrictJson.write(json);
    }

    private LayoutIndex with(ArrayNode manifests) throws InvalidInputException {
        ObjectNode changed = json.deepCopy();
        changed.set("manifests", manifests.deepCopy());
        return parse(StrictJson.write(changed), what); // refuses an index that would be too large to read
    }

    private static Descriptor describe(Manifest manifest) {
        Descriptor plain = manifest.descriptor();
        return new Descriptor(
                plain.mediaType(), plain.digest(), plain.size(), manifest.artifactType(), Map.of(), Optional.empty());
    }
}
