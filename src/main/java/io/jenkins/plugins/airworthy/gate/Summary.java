package io.jenkins.plugins.airworthy.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.policy.Verdict;

import java.time.Instant;
import java.util.Optional;

/**
 * Makes the verification summary (SLSA VSA, version 1) of a verdict. Refuses a verdict that did not pass or is not
 * enforced: a summary that says PASSED exists for nothing else.
 */
final class Summary {
    private static final String POLICY_URI = "urn:airworthy:policy:";
    private static final String LEVEL = "AIRWORTHY_POLICY_PASSED";

    private Summary() {}

    static Statement of(Verdict verdict, PromoteRequest request, Instant now) {
        if (!verdict.passed() || !verdict.enforced()) {
            throw new IllegalArgumentException("only an enforced pass has a summary");
        }
        ObjectNode predicate = StrictJson.object();
        predicate.putObject("verifier").put("id", request.verifier());
        predicate.put("timeVerified", verdict.evaluatedAt().toString());
        predicate.put("resourceUri", request.target().toString());
        ObjectNode policy = predicate.putObject("policy");
        policy.put("uri", POLICY_URI + verdict.policyName());
        policy.putObject("digest").put("sha256", verdict.policyDigest().hex());
        ArrayNode inputs = predicate.putArray("inputAttestations");
        for (Digest evidence : verdict.evidence()) {
            inputs.addObject().putObject("digest").put("sha256", evidence.hex());
        }
        predicate.put("verificationResult", "PASSED");
        predicate.putArray("verifiedLevels").add(LEVEL);
        predicate.put("slsaVersion", "1.1");
        return new Statement(
                new Subject(Optional.of(request.target().repository()), verdict.digest()),
                Optional.of(new Observation(request.observer(), now)),
                PredicateTypes.VERIFICATION_SUMMARY,
                predicate);
    }
}
