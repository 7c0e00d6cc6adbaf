package io.jenkins.plugins.airworthy.sign.sigstore;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A proof that an entry is in a log of a certain size and root hash
 * (<a href="https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2">RFC 9162, section 2.1.3.2</a>). Refuses an index outside
 * the tree, and a path whose length does not match index and size.
 *
 * @param checkpoint the signed text with the same size and root hash
 */
record InclusionProof(long index, long size, Digest root, List<Digest> path, String checkpoint) {
    private static final int MAX_PATH = 64;
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    InclusionProof {
        path = List.copyOf(path);
    }

    static InclusionProof parse(JsonObject json) throws InvalidInputException {
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
        return new InclusionProof(
                Int64.member(json, "logIndex").orElse(0),
                Int64.member(json, "treeSize").orElse(0),
                hash(json, "rootHash"),
                path,
                checkpoint.string("envelope"));
    }

    private static Digest hash(JsonObject json, String name) throws InvalidInputException {
        byte[] bytes = StrictBase64.member(json, name);
        if (bytes.length != Digest.sha256().getDigestLength()) {
            throw json.error(name, "expected a SHA-256");
        }
        return new Digest(HexFormat.of().formatHex(bytes));
    }

    /** Whether the path from this leaf ends at the root hash. */
    boolean proves(byte[] leaf) {
        if (index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        byte[] hash = hash(LEAF, leaf);
        for (Digest sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = hash(NODE, sibling.bytes(), hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = hash(NODE, hash, sibling.bytes());
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root.bytes());
    }

    private static byte[] hash(byte kind, byte[]... parts) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(kind);
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return sha256.digest();
    }
}
