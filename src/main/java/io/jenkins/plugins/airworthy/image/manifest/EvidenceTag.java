package io.jenkins.plugins.airworthy.image.manifest;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

/**
 * A piece of evidence that is found by a tag and not as a referrer. Refuses a tag that is named after something else than
 * what the evidence is about.
 *
 * @param manifest what the tag stood for
 * @param layer the one of its layers that is this evidence; the others are somebody else's
 */
public record EvidenceTag(String tag, Digest subject, Digest manifest, Descriptor layer) {
    /** What the tags of evidence about a digest begin with, before its hexadecimal digits. */
    public static final String PREFIX = "sha256-";

    public EvidenceTag {
        if (!tag.startsWith(PREFIX + subject.hex() + ".")
                || !ImageReference.EVIDENCE_TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("'" + tag + "' is no tag for evidence about " + subject);
        }
    }
}
