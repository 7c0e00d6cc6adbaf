package io.jenkins.plugins.airworthy.sign.sigstore;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.tlog.InclusionProof;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The inclusion proof of a bundle's log entry.
 *
 * @param checkpoint the signed text with the same size and root hash
 */
record LoggedProof(InclusionProof proof, String checkpoint) {
    private static final int MAX_PATH = 64;

    static LoggedProof parse(JsonObject json) throws InvalidInputException {
        json.allowOnly(Set.of("logIndex", "rootHash", "treeSize", "hashes", "checkpoint"));
        JsonObject checkpoint = json.object("checkpoint");
        checkpoint.allowOnly(Set.of("envelope"));
        List<String> hashes = json.strings("hashes");
        if (hashes.size() > MAX_PATH) {
            throw json.error("hashes", "more than the allowed " + MAX_PATH);
        }
        List<Digest> path = new ArrayList<>();
        for (JsonNode hash : json.node().path("hashes")) {
            JsonObject holder =
                    new JsonObject(json.what(), json.path(), StrictJson.object().set("hashes", hash));
            path.add(hash(holder, "hashes"));
        }
        return new LoggedProof(
                new InclusionProof(
                        Int64.member(json, "logIndex").orElse(0),
                        Int64.member(json, "treeSize").orElse(0),
                        hash(json, "rootHash"),
                        path),
                checkpoint.string("envelope"));
    }

    private static Digest hash(JsonObject json, String name) throws InvalidInputException {
        byte[] bytes = StrictBase64.member(json, name);
        if (bytes.length != Digest.sha256().getDigestLength()) {
            throw json.error(name, "expected a SHA-256");
        }
        return new Digest(HexFormat.of().formatHex(bytes));
    }
}
