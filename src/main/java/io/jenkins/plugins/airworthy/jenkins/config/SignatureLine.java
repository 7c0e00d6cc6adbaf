package io.jenkins.plugins.airworthy.jenkins.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.Digest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** A line of the record of signatures. Whatever is no whole line of ours is passed over: it proves nothing. */
final class SignatureLine {
    /** How many bytes a line may have, its end included. */
    static final int MAX_BYTES = 16 * 1024;

    private static final int SCHEMA_VERSION = 1;

    private SignatureLine() {}

    static byte[] write(SignatureLog.Entry entry) {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("time", entry.time().toString());
        json.put("run", entry.run());
        json.put("digest", entry.digest().toString());
        json.put("payload", entry.payload().toString());
        json.put("predicateType", entry.predicateType());
        json.put("key", entry.keyName());
        json.put("fingerprint", entry.keyFingerprint());
        byte[] bytes = StrictJson.write(json);
        byte[] line = Arrays.copyOf(bytes, bytes.length + 1);
        line[bytes.length] = '\n';
        return line;
    }

    static Optional<SignatureLog.Entry> parse(byte[] line) {
        try {
            JsonObject json = StrictJson.parseObject(line, "a recorded signature", MAX_BYTES);
            if (json.count("schemaVersion") != SCHEMA_VERSION) {
                return Optional.empty();
            }
            return Optional.of(new SignatureLog.Entry(
                    Instant.parse(json.string("time")),
                    json.string("run"),
                    Digest.member(json, "digest"),
                    Digest.member(json, "payload"),
                    json.string("predicateType"),
                    json.string("key"),
                    json.string("fingerprint")));
        } catch (InvalidInputException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
