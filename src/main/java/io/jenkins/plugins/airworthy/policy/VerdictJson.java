package io.jenkins.plugins.airworthy.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Signer;

/**
 * Writes a verdict as JSON. Absent values are omitted; lists are always present. The document stays small enough to be kept for
 * every run, however many platforms, findings and statements there are: entries beyond the limits are only counted.
 */
final class VerdictJson {
    /** Maximum number of characters of the details, reasons and signers of all items together; beyond it they are cut. */
    static final int MAX_CHARACTERS = 512 * 1024;

    /** Number of characters of a reason that are always kept. */
    static final int LEAST_REASON = 200;

    /** Maximum number of evidence digests of all items together. */
    static final int MAX_EVIDENCE = 4_000;

    private int characters = MAX_CHARACTERS;
    private int digests = MAX_EVIDENCE;

    private VerdictJson() {}

    static ObjectNode of(Verdict verdict) {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", Verdict.SCHEMA_VERSION);
        json.put("image", verdict.image().toString());
        json.put("digest", verdict.digest().toString());
        verdict.target().ifPresent(target -> json.put("target", target.toString()));
        json.putObject("policy")
                .put("name", verdict.policyName())
                .put("digest", verdict.policyDigest().toString());
        json.put("mode", verdict.mode().toString());
        json.put("enforced", verdict.enforced());
        json.put("decision", verdict.decision().name());
        json.put("evaluatedAt", verdict.evaluatedAt().toString());
        ArrayNode items = json.putArray("items");
        VerdictJson writer = new VerdictJson();
        verdict.items().forEach(item -> items.add(writer.of(item)));
        return json;
    }

    private ObjectNode of(Verdict.Item item) {
        ObjectNode json = StrictJson.object();
        json.put("id", item.id());
        json.put("status", item.status().name());
        if (item.warns()) {
            json.put("mode", "warn");
        }
        json.put("reason", reason(item.reason()));
        item.platform().ifPresent(platform -> json.put("platform", platform.toString()));
        item.signer().ifPresent(signer -> json.put("signer", signer));
        writeSigners(item, json);
        item.observed().ifPresent(observer -> json.put("observer", observer).put("observed", observer));
        ArrayNode evidence = json.putArray("evidence");
        item.evidence().stream().limit(digests).forEach(digest -> evidence.add(digest.toString()));
        digests -= evidence.size();
        if (evidence.size() < item.evidence().size()) {
            json.put("moreEvidence", item.evidence().size() - evidence.size());
        }
        ArrayNode details = json.putArray("details");
        for (String detail : item.details()) {
            if (detail.length() > characters) {
                details.add("and " + (item.details().size() - details.size()) + " more");
                break;
            }
            characters -= detail.length();
            details.add(detail);
        }
        return json;
    }

    /** An identity's name may be long, and an expression may look at evidence of many signers. */
    private void writeSigners(Verdict.Item item, ObjectNode json) {
        if (item.signers().isEmpty()) {
            return;
        }
        ArrayNode signers = json.putArray("signers");
        for (Signer signer : item.signers()) {
            ObjectNode entry = signer.toJson();
            int length = signer.label().length();
            if (length > characters) {
                break;
            }
            characters -= length;
            signers.add(entry);
        }
        if (signers.size() < item.signers().size()) {
            json.put("moreSigners", item.signers().size() - signers.size());
        }
    }

    private String reason(String reason) {
        if (reason.length() <= Math.max(LEAST_REASON, characters)) {
            characters = Math.max(0, characters - reason.length());
            return reason;
        }
        return reason.substring(0, LEAST_REASON) + "…";
    }
}
