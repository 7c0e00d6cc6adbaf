package io.jenkins.plugins.airworthy.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.sign.attach.RejectedEvidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A verdict and what it is about: the manifests that were read, so that a promotion copies exactly these and
 * does not resolve anything again, and the rejected evidence, so that a reader can distinguish a wrong key from
 * a missing signature.
 *
 * @param rejected the first {@value #MAX_REJECTED} rejected pieces of evidence
 * @param rejections the number of all rejected pieces of evidence
 * @param tags where the evidence at cosign's older tags was found
 * @param built when the build finished, as provenance says that the policy believes
 */
public record Judged(
        Verdict verdict,
        ResolvedImage image,
        List<RejectedEvidence> rejected,
        int rejections,
        List<EvidenceTag> tags,
        Optional<Instant> built) {
    /** Maximum number of rejected pieces that a verdict names: everyone who may push can attach any number, and they decide nothing. */
    public static final int MAX_REJECTED = 20;

    public Judged {
        rejected = List.copyOf(rejected);
        tags = List.copyOf(tags);
    }

    /** Creates one of an image of which nobody says when it was built. */
    public Judged(
            Verdict verdict,
            ResolvedImage image,
            List<RejectedEvidence> rejected,
            int rejections,
            List<EvidenceTag> tags) {
        this(verdict, image, rejected, rejections, tags, Optional.empty());
    }

    /** The same with another verdict. */
    Judged with(Verdict other) {
        return new Judged(other, image, rejected, rejections, tags, built);
    }

    /** Writes the verdict as JSON, with the rejected evidence as an additional member. */
    public ObjectNode toJson() {
        ObjectNode json = verdict.toJson();
        ArrayNode list = json.putArray("rejected");
        rejected.forEach(evidence ->
                list.addObject().put("digest", evidence.manifest().toString()).put("reason", evidence.reason()));
        json.put("rejections", rejections);
        return json;
    }
}
