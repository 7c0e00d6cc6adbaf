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
 * One layer at a legacy tag: a blob, and the annotations that hold what belongs to it. Refuses layers of another type than
 * the tag is for, and those that are too large.
 *
 * @param manifest what the tag stands for
 * @param what names the layer in errors
 */
record LegacyLayer(LegacyTag tag, Digest manifest, Descriptor blob, String what) {
    /** How many characters the annotations of one layer may have, all names and values together. */
    static final int MAX_ANNOTATIONS = 64 * 1024;

    void check() throws InvalidInputException {
        if (!blob.mediaType().equals(tag.layerType())) {
            throw new InvalidInputException(
                    what + ": is of type '" + blob.mediaType() + "', and at this tag belongs " + tag.layerType());
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

    /** An annotation; one that is empty counts as absent, since cosign writes such. */
    Optional<String> annotation(String name) {
        return Optional.ofNullable(blob.annotations().get(name)).filter(text -> !text.isEmpty());
    }

    /** What goes with the image: of the annotations those that belong to the evidence, and nobody else's. */
    Descriptor carried() {
        Map<String, String> known = new LinkedHashMap<>(blob.annotations());
        known.keySet().retainAll(LegacyTag.ANNOTATIONS);
        return new Descriptor(blob.mediaType(), blob.digest(), blob.size(), Optional.empty(), known, Optional.empty());
    }

    /** What its writer calls an attestation, and what a signature is. */
    Optional<String> predicateType() {
        return tag == LegacyTag.SIGNATURES
                ? Optional.of(PredicateTypes.COSIGN_SIGNATURE)
                : annotation(LegacyTag.PREDICATE_TYPE).filter(type -> type.contains(":"));
    }

    /** The annotations, for strict reading. */
    JsonObject annotations() {
        var json = StrictJson.object();
        blob.annotations().forEach(json::put);
        return new JsonObject(what, "annotations", json);
    }

    EvidenceCheck rejected(InvalidInputException reason) {
        return new EvidenceCheck.NotBelieved(new RejectedEvidence(manifest, reason.getMessage()));
    }
}
