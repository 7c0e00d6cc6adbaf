package io.jenkins.plugins.airworthy.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;

/** Writes a verdict as JSON. What is absent is left out; lists are always there. */
final class VerdictJson {
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
        verdict.items().forEach(item -> items.add(of(item)));
        return json;
    }

    private static ObjectNode of(Verdict.Item item) {
        ObjectNode json = StrictJson.object();
        json.put("id", item.id());
        json.put("status", item.status().name());
        json.put("reason", item.reason());
        item.platform().ifPresent(platform -> json.put("platform", platform.toString()));
        item.signer().ifPresent(signer -> json.put("signer", signer));
        item.observed().ifPresent(observed -> json.put("observed", observed));
        ArrayNode evidence = json.putArray("evidence");
        item.evidence().forEach(digest -> evidence.add(digest.toString()));
        ArrayNode details = json.putArray("details");
        item.details().forEach(details::add);
        return json;
    }
}
