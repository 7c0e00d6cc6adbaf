package io.jenkins.plugins.airworthy.jenkins.config.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.JsonLines;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A line of the record of ended keys. Refuses every other or damaged line: it may be the one that says that a key is revoked.
 *
 * @param time when it was written down
 * @param fingerprint hexadecimal SHA-256 of the public key, which identifies it under every name
 * @param name of the key at that time, for people
 * @param by who ended it, for people
 */
record EndedKey(Instant time, String fingerprint, KeyEnding ending, String name, String by) {
    /** How many bytes a line may have, its end included. */
    static final int MAX_BYTES = 4 * 1024;

    private static final int SCHEMA_VERSION = 1;
    private static final int MAX_TEXT = 256;
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    EndedKey {
        if (!FINGERPRINT.matcher(fingerprint).matches()) {
            throw new IllegalArgumentException("a fingerprint is a SHA-256");
        }
        name = bounded(name);
        by = bounded(by);
    }

    byte[] write() {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("time", time.toString());
        json.put("fingerprint", fingerprint);
        json.put("state", ending.state().name());
        if (!ending.since().equals(Instant.MIN)) {
            json.put("since", ending.since().toString());
        }
        json.put("key", name);
        json.put("by", by);
        return JsonLines.line(json);
    }

    static EndedKey parse(byte[] line) throws InvalidInputException {
        JsonObject json = StrictJson.parseObject(line, "a line of the record of ended keys", MAX_BYTES);
        if (json.count("schemaVersion") != SCHEMA_VERSION) {
            throw new InvalidInputException("a line was written by another version of Airworthy");
        }
        try {
            return new EndedKey(
                    Instant.parse(json.string("time")),
                    json.string("fingerprint"),
                    new KeyEnding(
                            KeyState.valueOf(json.string("state")),
                            json.has("since") ? Instant.parse(json.string("since")) : Instant.MIN),
                    json.string("key"),
                    json.string("by"));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new InvalidInputException("a line does not say which key ended, how, and when", e);
        }
    }

    private static String bounded(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
