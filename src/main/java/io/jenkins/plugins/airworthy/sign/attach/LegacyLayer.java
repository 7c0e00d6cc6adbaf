package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One layer at a legacy tag: a blob, and annotations with its signature. Refuses layers of another type than
 * the tag is for, and layers that are too large.
 *
 * @param manifest the digest that the tag points at
 * @param what the layer's name in errors
 */
record LegacyLayer(LegacyTag tag, Digest manifest, Descriptor blob, String what) {
    /** Maximum length of the names and values of all annotations of one layer together, in characters. */
    static final int MAX_ANNOTATIONS = 64 * 1024;

    void check() throws InvalidInputException {
        if (!blob.mediaType().equals(tag.layerType())) {
            throw new InvalidInputException(
                    what + ": is of type '" + blob.mediaType() + "', but this tag is for " + tag.layerType());
        }
        if (blob.size() > tag.maxBytes()) {
            throw new InvalidInputException(
                    what + ": has " + blob.size() + " bytes, more than the allowed " + tag.maxBytes());
        }
        long characters = 0;
        for (Map.Entry<String, String> annotation : blob.annotations().entrySet()) {
            characters += annotation.getKey().length() + annotation.getValue().length();
        }
        if (characters > MAX_ANNOTATIONS) {
            throw new InvalidInputException(what + ": its annotations have " + characters
                    + " characters, more than the allowed " + MAX_ANNOTATIONS);
        }
    }

    /** Returns an annotation; an empty one counts as absent, since cosign writes such. */
    Optional<String> annotation(String name) {
        return Optional.ofNullable(blob.annotations().get(name)).filter(text -> !text.isEmpty());
    }

    /** Returns the layer to copy, with only the annotations that belong to the evidence. */
    Descriptor carried() {
        Map<String, String> known = new LinkedHashMap<>(blob.annotations());
        known.keySet().retainAll(LegacyTag.ANNOTATIONS);
        return new Descriptor(blob.mediaType(), blob.digest(), blob.size(), Optional.empty(), known, Optional.empty());
    }

    /** The claimed predicate type of an attestation, or the type of a signature. */
    Optional<String> predicateType() {
        return tag == LegacyTag.SIGNATURES
                ? Optional.of(PredicateTypes.COSIGN_SIGNATURE)
                : annotation(LegacyTag.PREDICATE_TYPE).filter(type -> type.contains(":"));
    }

    /** The annotations as a JSON object, for strict reading. */
    JsonObject annotations() {
        var json = StrictJson.object();
        blob.annotations().forEach(json::put);
        return new JsonObject(what, "annotations", json);
    }

    EvidenceCheck rejected(InvalidInputException reason) {
        return new EvidenceCheck.NotBelieved(new RejectedEvidence(manifest, Optional.of(this), reason.getMessage()));
    }
}
