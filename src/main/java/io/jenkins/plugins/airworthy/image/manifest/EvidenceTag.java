package io.jenkins.plugins.airworthy.image.manifest;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

/**
 * A piece of evidence at a tag instead of a referrer. Refuses a tag whose name is not the digest that
 * the evidence is about.
 *
 * @param manifest the digest that the tag pointed at
 * @param layer the layer with this evidence; other layers are other evidence
 */
public record EvidenceTag(String tag, Digest subject, Digest manifest, Descriptor layer) {
    /** Prefix of the tags of evidence, before the digest's hexadecimal digits. */
    public static final String PREFIX = "sha256-";

    public EvidenceTag {
        if (!tag.startsWith(PREFIX + subject.hex() + ".")
                || !ImageReference.EVIDENCE_TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("'" + tag + "' is not a tag for evidence about " + subject);
        }
    }
}
