package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.RecordedTests;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Entry;

import java.util.Map;
import java.util.Optional;

/** The members of a signature's entry in the ledger. In the record of earlier versions a line had them too. */
final class SignatureMembers {
    private static final String KEY = "key";
    private static final String FINGERPRINT = "fingerprint";
    private static final String PREDICATE_TYPE = "predicateType";

    private SignatureMembers() {}

    /** @param details as {@link #write} made them */
    static Entry entry(SignatureLog.Entry signature, ObjectNode details, LedgerNames names) throws AirworthyException {
        Entry entry = Entry.of(SignatureLog.SIGNATURE, signature.time())
                .about(signature.digest())
                .by(names.idOfRun(signature.run()))
                .signing(signature.payload())
                .with(PREDICATE_TYPE, signature.predicateType())
                .with(KEY, names.idOfKey(signature.keyName()))
                .with(FINGERPRINT, signature.keyFingerprint());
        return with(details, entry);
    }

    /** @param reason names who did it, and why */
    static Entry entry(SignatureLog.Pruned pruned, Digest reason) {
        return Entry.of(SignatureLog.PRUNED, pruned.time())
                .about(pruned.digest())
                .signing(pruned.payload())
                .with("reason", reason.toString());
    }

    /** The entry with these members too. */
    static Entry with(ObjectNode members, Entry entry) {
        Entry all = entry;
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            all = all.with(member.getKey(), member.getValue());
        }
        return all;
    }

    /** @param what the entry's name in errors */
    static SignatureLog.Entry signature(Entry entry, String what, LedgerNames names) throws AirworthyException {
        JsonObject members = entry.members();
        String run = entry.run().orElse("");
        String key = members.string(KEY);
        return new SignatureLog.Entry(
                members.optionalInstant(OldRecords.AT).orElse(entry.time()),
                names.run(run).orElse(run),
                entry.digest().orElseThrow(() -> lacks(what, "digest")),
                entry.payload().orElseThrow(() -> lacks(what, "payload")),
                members.string(PREDICATE_TYPE),
                names.key(key).orElse(key),
                members.string(FINGERPRINT),
                read(members));
    }

    private static InvalidInputException lacks(String what, String member) {
        return new InvalidInputException(what + " of the ledger has no " + member);
    }

    /** Members that not every signature has; left out if they are empty. */
    static ObjectNode write(SignatureLog.Details details) {
        ObjectNode json = StrictJson.object();
        if (details.keyless()) {
            json.put("keyless", true);
        }
        details.repository().ifPresent(repository -> json.put("repository", repository));
        details.seen().ifPresent(seen -> seen.writeTo(json.putObject("seen")));
        details.tests().ifPresent(tests -> json.putObject("tests")
                .put("suite", tests.suite())
                .put("result", tests.result().name())
                .put("failed", tests.failed()));
        return json;
    }

    static SignatureLog.Details read(JsonObject json) throws InvalidInputException {
        Optional<JsonObject> seen = json.optionalObject("seen");
        Optional<JsonObject> tests = json.optionalObject("tests");
        return new SignatureLog.Details(
                json.optionalBoolean("keyless").orElse(false),
                json.optionalString("repository"),
                seen.isEmpty() ? Optional.empty() : Observation.of(seen.get()),
                tests.isEmpty() ? Optional.empty() : Optional.of(tests(tests.get())));
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
