package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
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
     * they add nothing. A copy may have lost its log entry or timestamp, or have got one, so what stays is the one that proves most: two
     * if one has a log entry and the other a timestamp.
     */
    public EvidenceFound eachOnce() {
        Map<AttachedStatement.Sameness, List<AttachedStatement>> once = new LinkedHashMap<>();
        for (AttachedStatement each : attached) {
            List<AttachedStatement> same = once.computeIfAbsent(each.sameness(), any -> new ArrayList<>());
            if (same.stream().noneMatch(other -> other.proof().covers(each.proof()))) {
                same.removeIf(other -> each.proof().covers(other.proof()));
                same.add(each);
            }
        }
        return new EvidenceFound(
                subject, once.values().stream().flatMap(List::stream).toList(), rejected);
    }
}
