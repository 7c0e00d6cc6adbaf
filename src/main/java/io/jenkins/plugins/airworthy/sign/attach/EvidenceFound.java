package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Sigstore bundles and older signatures that are attached to one digest, each either believed or not: first the
 * bundles, then the layers at each tag in their order.
 *
 * @param subject the digest that was asked for, and that every statement in {@code attached} is about
 */
public record EvidenceFound(Digest subject, List<Attached> attached, List<RejectedEvidence> rejected) {
    public EvidenceFound {
        attached = List.copyOf(attached);
        rejected = List.copyOf(rejected);
        for (Attached each : attached) {
            if (!each.evidence().subject().equals(subject)) {
                throw new IllegalArgumentException(
                        "evidence about " + each.evidence().subject());
            }
        }
    }

    /** All that is believed. */
    public List<VerifiedEvidence> verified() {
        return attached.stream().map(Attached::evidence).toList();
    }

    /** Where those that are believed were found that are no referrers. */
    public List<EvidenceTag> tags() {
        return attached.stream().flatMap(each -> each.tag().stream()).distinct().toList();
    }

    /**
     * The same with each statement of each signer once: anybody can attach copies with other words around them, and they
     * would say nothing new.
     */
    public EvidenceFound eachOnce() {
        Map<Attached.Sameness, Attached> once = new LinkedHashMap<>();
        attached.forEach(each -> once.putIfAbsent(each.sameness(), each));
        return new EvidenceFound(subject, List.copyOf(once.values()), rejected);
    }
}
