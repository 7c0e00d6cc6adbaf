package io.jenkins.plugins.airworthy.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.sign.attach.RejectedEvidence;

import java.util.List;

/**
 * A verdict together with exactly what it is about: the manifests that were read, so that a promotion copies these and
 * looks nothing up again, and the evidence that was found but not believed, so that a reader can tell a wrong key from
 * a missing signature.
 *
 * @param rejected the first {@value #MAX_REJECTED} of it
 * @param rejections how much there was of it
 * @param tags where the evidence was found that is no referrer
 */
public record Judged(
        Verdict verdict, ResolvedImage image, List<RejectedEvidence> rejected, int rejections, List<EvidenceTag> tags) {
    /** How much rejected evidence a verdict names: anybody who may push can attach any amount, and it decides nothing. */
    public static final int MAX_REJECTED = 20;

    public Judged {
        rejected = List.copyOf(rejected);
        tags = List.copyOf(tags);
    }

    /** The verdict's JSON form, with the rejected evidence as a further member. */
    public ObjectNode toJson() {
        ObjectNode json = verdict.toJson();
        ArrayNode list = json.putArray("rejected");
        rejected.forEach(evidence ->
                list.addObject().put("digest", evidence.manifest().toString()).put("reason", evidence.reason()));
        json.put("rejections", rejections);
        return json;
    }
}
