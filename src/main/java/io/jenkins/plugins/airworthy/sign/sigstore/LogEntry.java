package io.jenkins.plugins.airworthy.sign.sigstore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A log entry in a bundle: what was recorded, and the proof of it. Version 1 of the log gives a promise
 * with a signed time, both versions give an inclusion proof. Refuses unknown members and negative numbers.
 */
final class LogEntry {
    private final JsonObject json;
    private final String place;
    private final long index;
    private final String logId;
    private final OptionalLong integrated;
    private final Optional<byte[]> promise;
    private final Optional<LoggedProof> proof;
    private final byte[] body;

    private LogEntry(JsonObject json) throws InvalidInputException {
        json.allowOnly(Set.of(
                "logIndex",
                "logId",
                "kindVersion",
                "integratedTime",
                "inclusionPromise",
                "inclusionProof",
                "canonicalizedBody"));
        this.json = json;
        this.index = Int64.member(json, "logIndex").orElse(0);
        this.place = json.what() + ": log entry " + index;
        JsonObject id = json.object("logId");
        id.allowOnly(Set.of("keyId"));
        this.logId = HexFormat.of().formatHex(StrictBase64.member(id, "keyId"));
        this.integrated = Int64.member(json, "integratedTime");
        Optional<JsonObject> promised = json.optionalObject("inclusionPromise");
        if (promised.isPresent()) {
            promised.get().allowOnly(Set.of("signedEntryTimestamp"));
            this.promise = Optional.of(StrictBase64.member(promised.get(), "signedEntryTimestamp"));
        } else {
            this.promise = Optional.empty();
        }
        Optional<JsonObject> proven = json.optionalObject("inclusionProof");
        this.proof = proven.isEmpty() ? Optional.empty() : Optional.of(LoggedProof.parse(proven.get()));
        this.body = StrictBase64.member(json, "canonicalizedBody");
    }

    static LogEntry parse(JsonObject json) throws InvalidInputException {
        return new LogEntry(json);
    }

    /** The name in errors. */
    String place() {
        return place;
    }

    /** Verifies that a log of the trusted root recorded exactly this signature, by this signer, of this content. */
    TransparencyLog check(TrustedRoot root, boolean mustBeProven, SignedContent content, LoggedVerifier signer)
            throws InvalidInputException {
        TransparencyLog log = root.log(logId)
                .orElseThrow(() -> new InvalidInputException(
                        place + ": its log " + logId + " is not one that the trusted root names"));
        EntryBody.parse(body, json, place).check(content, signer);
        if (proof.isPresent()) {
            if (!proof.get().proof().proves(body)) {
                throw new InvalidInputException(place + ": its inclusion proof does not lead to the root hash");
            }
            String what = place + ": checkpoint";
            log.check(
                    Checkpoint.parse(proof.get().checkpoint(), what),
                    proof.get().proof(),
                    what);
        } else if (mustBeProven) {
            throw new InvalidInputException(place + ": has no inclusion proof");
        }
        if (promise.isPresent() && !log.key().verify(promised(), promise.get())) {
            throw new InvalidInputException(place + ": its signed entry timestamp does not verify with the log's key");
        }
        if (promise.isEmpty() && proof.isEmpty()) {
            throw new InvalidInputException(place + ": has neither an inclusion proof nor a signed promise");
        }
        Optional<Instant> time = signedTime();
        if (time.isPresent() && !log.validity().contains(time.get())) {
            throw new InvalidInputException(place + ": its log is trusted from " + log.validity() + ", but it was"
                    + " recorded at " + time.get());
        }
        return log;
    }

    /** The time of recording, if the log signed it; trust it only after checking this entry. */
    Optional<Instant> signedTime() {
        return promise.isPresent() && integrated.isPresent()
                ? Optional.of(Instant.ofEpochSecond(integrated.getAsLong()))
                : Optional.empty();
    }

    /** Returns the canonical JSON that the promise signs. */
    private byte[] promised() {
        ObjectNode text = StrictJson.object();
        text.put("body", Base64.getEncoder().encodeToString(body));
        text.put("integratedTime", integrated.orElse(0));
        text.put("logID", logId);
        text.put("logIndex", index);
        return StrictJson.write(text);
    }
}
