package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Sigstore bundles and older signatures that are attached to one digest, each believed or rejected: first the
 * bundles, then the layers at each tag in their order.
 *
 * @param subject the requested digest, which every statement in {@code attached} is about
 */
public record EvidenceFound(Digest subject, List<AttachedStatement> attached, List<RejectedEvidence> rejected) {
    public EvidenceFound {
        attached = List.copyOf(attached);
        rejected = List.copyOf(rejected);
        for (AttachedStatement each : attached) {
            if (!each.evidence().subject().equals(subject)) {
                throw new IllegalArgumentException(
                        "evidence about " + each.evidence().subject());
            }
        }
    }

    /** Returns all believed evidence. */
    public List<VerifiedEvidence> verified() {
        return attached.stream().map(AttachedStatement::evidence).toList();
    }

    /** Returns the tags where believed evidence was found that is not a referrer. */
    public List<EvidenceTag> tags() {
        return attached.stream().flatMap(each -> each.tag().stream()).distinct().toList();
    }

    /**
     * Returns this result with each statement of each signer once: everyone who may push can attach copies in another envelope, and
     * they add nothing.
     */
    public EvidenceFound eachOnce() {
        Map<AttachedStatement.Sameness, AttachedStatement> once = new LinkedHashMap<>();
        attached.forEach(each -> once.putIfAbsent(each.sameness(), each));
        return new EvidenceFound(subject, List.copyOf(once.values()), rejected);
    }
}
