package io.jenkins.plugins.airworthy.sign.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.Set;

/**
 * The highest version of a document that was seen at one place.
 *
 * @param digest of its manifest
 * @param issued when its publisher says that it was made
 * @param at when something was decided by it last, by this machine's clock
 */
record SeenVersion(String kind, String name, long version, Digest digest, Instant issued, Instant at) {
    static final int MAX_BYTES = 64 * 1024;

    static SeenVersion parse(byte[] bytes, String what) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(bytes, what, MAX_BYTES);
        json.allowOnly(Set.of("schemaVersion", "place", "kind", "name", "version", "digest", "issued", "at"));
        if (json.count("schemaVersion") != 1) {
            throw json.error("schemaVersion", "expected 1");
        }
        return new SeenVersion(
                json.string("kind"),
                json.string("name"),
                json.count("version"),
                Digest.member(json, "digest"),
                json.instant("issued"),
                json.instant("at"));
    }

    /** @param place the repository, for people */
    byte[] toBytes(String place) {
        ObjectNode json = StrictJson.object().put("schemaVersion", 1).put("place", place);
        json.put("kind", kind).put("name", name).put("version", version).put("digest", digest.toString());
        json.put("issued", issued.toString()).put("at", at.toString());
        return StrictJson.write(json);
    }
}
