package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.sign.key.Pem;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Converts the annotations of a layer into the verification material of a bundle, so that the same checks apply: the certificate,
 * the log entry with its signed entry timestamp and without a proof, as in version 0.1 of bundles, and the timestamp. Refuses
 * several certificates in one annotation. The chain next to the certificate is not read: only the trusted root decides who
 * may issue certificates.
 */
final class LegacyMaterial {
    /** Maximum size of a log entry or timestamp, in bytes; an entry is smaller than its content. */
    private static final int MAX_BYTES = LegacyLayer.MAX_ANNOTATIONS;

    private LegacyMaterial() {}

    /** Returns the verification material that a bundle would have. */
    static JsonObject of(LegacyLayer layer, String certificate) throws InvalidInputException {
        JsonObject material = ofKey(layer);
        String what = layer.what();
        Pem pem = Pem.parse(certificate.getBytes(StandardCharsets.UTF_8), what + ": certificate");
        if (!pem.label().equals("CERTIFICATE")) {
            throw new InvalidInputException(
                    what + ": certificate: expected a CERTIFICATE, found '" + pem.label() + "'");
        }
        material.node().putObject("certificate").put("rawBytes", base64(pem.der()));
        return material;
    }

    /** Returns the material that a bundle of a key would have: log entry and timestamp alone. */
    static JsonObject ofKey(LegacyLayer layer) throws InvalidInputException {
        ObjectNode material = StrictJson.object();
        String what = layer.what();
        Optional<String> entry = layer.annotation(LegacyTag.LOG_ENTRY);
        if (entry.isPresent()) {
            material.putArray("tlogEntries").add(entry(parse(entry.get(), what + ": log entry")));
        }
        Optional<String> timestamp = layer.annotation(LegacyTag.TIMESTAMP);
        if (timestamp.isPresent()) {
            material.putObject("timestampVerificationData")
                    .putArray("rfc3161Timestamps")
                    .add(timestamp(parse(timestamp.get(), what + ": timestamp")));
        }
        return new JsonObject(what, "", material);
    }

    private static JsonObject parse(String annotation, String what) throws InvalidInputException {
        return StrictJson.parseObject(annotation.getBytes(StandardCharsets.UTF_8), what, MAX_BYTES);
    }

    private static ObjectNode entry(JsonObject annotation) throws InvalidInputException {
        annotation.allowOnly(Set.of("SignedEntryTimestamp", "Payload"));
        JsonObject payload = annotation.object("Payload");
        payload.allowOnly(Set.of("body", "integratedTime", "logIndex", "logID"));
        byte[] promise = annotation.has("SignedEntryTimestamp")
                ? StrictBase64.member(annotation, "SignedEntryTimestamp")
                : new byte[0];
        if (promise.length == 0) {
            throw annotation.error(
                    "SignedEntryTimestamp",
                    "is missing: version 2 of Rekor gives none, and its entries do not fit into this format");
        }
        byte[] body = StrictBase64.member(payload, "body");
        JsonObject recorded = StrictJson.parseObject(body, annotation.what(), MAX_BYTES);
        ObjectNode entry = StrictJson.object();
        entry.put("logIndex", Long.toString(payload.count("logIndex")));
        entry.putObject("logId").put("keyId", base64(logId(payload)));
        // A bundle repeats these members next to the body; the annotations have only the body.
        entry.putObject("kindVersion")
                .put("kind", recorded.string("kind"))
                .put("version", recorded.string("apiVersion"));
        entry.put("integratedTime", Long.toString(payload.count("integratedTime")));
        entry.putObject("inclusionPromise").put("signedEntryTimestamp", base64(promise));
        entry.put("canonicalizedBody", base64(body));
        return entry;
    }

    private static byte[] logId(JsonObject payload) throws InvalidInputException {
        try {
            return HexFormat.of().parseHex(payload.string("logID"));
        } catch (IllegalArgumentException e) {
            throw payload.error("logID", "expected hexadecimal digits");
        }
    }

    private static ObjectNode timestamp(JsonObject annotation) throws InvalidInputException {
        annotation.allowOnly(Set.of("SignedRFC3161Timestamp"));
        return StrictJson.object()
                .put("signedTimestamp", base64(StrictBase64.member(annotation, "SignedRFC3161Timestamp")));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
