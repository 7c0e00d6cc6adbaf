package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The decision of a gate on an image
 * (<a href="https://slsa.dev/spec/v1.0/verification_summary">SLSA verification summary, version 1</a>). Refuses a summary whose result
 * and levels contradict each other. Unknown members are ignored, as the specification demands.
 *
 * @param verifier URI of the gate that decided
 * @param resourceUri the name under which the image was judged
 * @param policyDigest of the policy document's bytes; absent when another verifier does not tell it
 * @param inputAttestations the manifests of the evidence that decided
 * @param verifiedLevels SLSA levels, or words of the verifier's own; {@code FAILED} alone when the image failed
 */
public record VerificationSummary(
        String verifier,
        Instant timeVerified,
        String resourceUri,
        String policyUri,
        Optional<Digest> policyDigest,
        List<Digest> inputAttestations,
        Result result,
        List<String> verifiedLevels) {
    /** The level of an image that passed while its SLSA level was not evaluated. */
    public static final String UNEVALUATED = "SLSA_BUILD_LEVEL_UNEVALUATED";

    /** The only level of an image that failed. */
    public static final String FAILED_LEVEL = "FAILED";

    /** The version of SLSA that the words above are from. */
    public static final String SLSA_VERSION = "1.1";

    /** How many attestations or levels a summary may name. */
    public static final int MAX_ENTRIES = 10_000;

    /** How many characters a URI or level may have. */
    public static final int MAX_LENGTH = 4_096;

    private static final String SHA256 = "sha256";
    private static final String DIGEST = "digest";
    private static final String RESULT = "verificationResult";
    private static final String LEVELS = "verifiedLevels";
    private static final String INPUTS = "inputAttestations";

    public VerificationSummary {
        inputAttestations = List.copyOf(inputAttestations);
        verifiedLevels = List.copyOf(verifiedLevels);
        if (contradict(result, verifiedLevels)) {
            throw new IllegalArgumentException(result + " with the levels " + verifiedLevels);
        }
    }

    /** The words of the predicate's specification. */
    public enum Result {
        PASSED,
        FAILED
    }

    /** Reads the predicate of a statement. */
    public static VerificationSummary parse(Statement statement) throws InvalidInputException {
        JsonObject json = statement.predicateObject();
        if (!statement.predicateType().equals(PredicateTypes.VERIFICATION_SUMMARY)) {
            throw new InvalidInputException(json.what() + ": is not a verification summary");
        }
        JsonObject policy = json.object("policy");
        Optional<JsonObject> digest = policy.optionalObject(DIGEST);
        Result result = result(json);
        List<String> levels = json.strings(LEVELS);
        if (levels.size() > MAX_ENTRIES || levels.stream().anyMatch(level -> level.length() > MAX_LENGTH)) {
            throw json.error(LEVELS, "more or longer than allowed");
        }
        if (contradict(result, levels)) {
            throw json.error(LEVELS, "contradicts the result " + result);
        }
        return new VerificationSummary(
                bounded(json.object("verifier"), "id"),
                json.instant("timeVerified"),
                bounded(json, "resourceUri"),
                bounded(policy, "uri"),
                digest.isPresent() && digest.get().has(SHA256) ? Optional.of(sha256(digest.get())) : Optional.empty(),
                inputs(json),
                result,
                levels);
    }

    /** The statement that this was decided about an image. */
    public Statement toStatement(Subject image, Observation seen) {
        ObjectNode json = StrictJson.object();
        json.putObject("verifier").put("id", verifier);
        json.put("timeVerified", timeVerified.toString());
        json.put("resourceUri", resourceUri);
        ObjectNode policy = json.putObject("policy").put("uri", policyUri);
        policyDigest.ifPresent(digest -> policy.putObject(DIGEST).put(SHA256, digest.hex()));
        ArrayNode inputs = json.putArray(INPUTS);
        inputAttestations.forEach(digest -> inputs.addObject().putObject(DIGEST).put(SHA256, digest.hex()));
        json.put(RESULT, result.name());
        verifiedLevels.forEach(json.putArray(LEVELS)::add);
        json.put("slsaVersion", SLSA_VERSION);
        return new Statement(image, Optional.of(seen), PredicateTypes.VERIFICATION_SUMMARY, json);
    }

    private static boolean contradict(Result result, List<String> levels) {
        boolean failed = levels.contains(FAILED_LEVEL);
        return result == Result.PASSED ? failed : !levels.isEmpty() && (!failed || levels.size() > 1);
    }

    private static Result result(JsonObject json) throws InvalidInputException {
        return switch (json.string(RESULT)) {
            case "PASSED" -> Result.PASSED;
            case "FAILED" -> Result.FAILED;
            default -> throw json.error(RESULT, "expected PASSED or FAILED");
        };
    }

    /** An attestation without a SHA-256 names nothing that could be looked up, so it is passed over. */
    private static List<Digest> inputs(JsonObject json) throws InvalidInputException {
        List<JsonObject> written = json.objects(INPUTS);
        if (written.size() > MAX_ENTRIES) {
            throw json.error(INPUTS, "more than the allowed " + MAX_ENTRIES);
        }
        List<Digest> inputs = new ArrayList<>();
        for (JsonObject input : written) {
            JsonObject digest = input.object(DIGEST);
            if (digest.has(SHA256)) {
                inputs.add(sha256(digest));
            }
        }
        return inputs;
    }

    private static Digest sha256(JsonObject digests) throws InvalidInputException {
        return Digest.hexMember(digests, SHA256);
    }

    private static String bounded(JsonObject json, String name) throws InvalidInputException {
        String text = json.string(name);
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw json.error(name, "expected 1 to " + MAX_LENGTH + " characters");
        }
        return text;
    }
}
