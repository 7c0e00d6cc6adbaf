package io.jenkins.plugins.airworthy.jenkins.config.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.RecordedTests;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A line of the record of signatures. Other or damaged lines are skipped: they prove nothing. */
public final class SignatureLine {
    /** How many bytes a line may have, its end included. */
    public static final int MAX_BYTES = 16 * 1024;

    private static final int SCHEMA_VERSION = 1;

    private SignatureLine() {}

    public static byte[] write(SignatureLog.Line line) {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("time", line.time().toString());
        if (line instanceof SignatureLog.Entry entry) {
            json.put("run", entry.run());
            json.put("digest", entry.digest().toString());
            json.put("payload", entry.payload().toString());
            json.put("predicateType", entry.predicateType());
            json.put("key", entry.keyName());
            json.put("fingerprint", entry.keyFingerprint());
            write(entry.details(), json);
        } else if (line instanceof SignatureLog.Pruned pruned) {
            json.put("pruned", true);
            json.put("digest", pruned.digest().toString());
            json.put("payload", pruned.payload().toString());
            json.put("by", pruned.by());
            json.put("reason", pruned.reason());
        }
        return JsonLines.line(json);
    }

    /** Members that older lines lack; left out if they are empty. */
    private static void write(SignatureLog.Details details, ObjectNode json) {
        if (details.keyless()) {
            json.put("keyless", true);
        }
        details.repository().ifPresent(repository -> json.put("repository", repository));
        details.seen().ifPresent(seen -> seen.writeTo(json.putObject("seen")));
        details.tests().ifPresent(tests -> json.putObject("tests")
                .put("suite", tests.suite())
                .put("result", tests.result().name())
                .put("failed", tests.failed()));
    }

    public static Optional<SignatureLog.Line> parse(byte[] line) {
        try {
            JsonObject json = StrictJson.parseObject(line, "a recorded signature", MAX_BYTES);
            if (json.count("schemaVersion") != SCHEMA_VERSION) {
                return Optional.empty();
            }
            return Optional.of(json.has("pruned") ? pruned(json) : entry(json));
        } catch (InvalidInputException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static SignatureLog.Pruned pruned(JsonObject json) throws InvalidInputException {
        return new SignatureLog.Pruned(
                Instant.parse(json.string("time")),
                Digest.member(json, "digest"),
                Digest.member(json, "payload"),
                json.string("by"),
                json.string("reason"));
    }

    private static SignatureLog.Entry entry(JsonObject json) throws InvalidInputException {
        Optional<JsonObject> seen = json.optionalObject("seen");
        Optional<JsonObject> tests = json.optionalObject("tests");
        return new SignatureLog.Entry(
                Instant.parse(json.string("time")),
                json.string("run"),
                Digest.member(json, "digest"),
                Digest.member(json, "payload"),
                json.string("predicateType"),
                json.string("key"),
                json.string("fingerprint"),
                new SignatureLog.Details(
                        json.optionalBoolean("keyless").orElse(false),
                        json.optionalString("repository"),
                        seen.isEmpty() ? Optional.empty() : Observation.of(seen.get()),
                        tests.isEmpty() ? Optional.empty() : Optional.of(tests(tests.get()))));
    }

    private static RecordedTests tests(JsonObject json) throws InvalidInputException {
        String word = json.string("result");
        for (TestResult.Outcome outcome : TestResult.Outcome.values()) {
            if (outcome.name().equals(word)) {
                return new RecordedTests(json.string("suite"), outcome, json.count("failed"));
            }
        }
        throw json.error("result", "'" + word + "' is not a test result");
    }
}
