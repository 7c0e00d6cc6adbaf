package io.jenkins.plugins.airworthy.jenkins.ui.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownDigest;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownTime;
import io.jenkins.plugins.airworthy.jenkins.ui.element.StatusMark;
import io.jenkins.plugins.airworthy.policy.rule.Outcome;

import java.time.Instant;

/**
 * A verdict in the list of the latest verdicts of all jobs: enough for a line and a link; the run itself has the rest.
 *
 * @param job full name
 * @param number of the run
 * @param index of the verdict among the run's, from 1
 * @param target empty when the image was only verified
 * @param promoted whether the image went to its target
 */
public record RecentVerdict(
        Instant at,
        String job,
        int number,
        int index,
        String image,
        String target,
        String policy,
        boolean passed,
        boolean promoted) {
    /** The version of the stored form. */
    static final int SCHEMA_VERSION = 1;

    public RecentVerdict {
        job = Outcome.bounded(job);
        image = Outcome.bounded(image);
        target = Outcome.bounded(target);
        policy = Outcome.bounded(policy);
        if (number < 0 || index < 0) {
            throw new IllegalArgumentException("runs and verdicts are counted up from 0");
        }
    }

    public static RecentVerdict of(JsonObject json) throws InvalidInputException {
        if (json.count("schemaVersion") != SCHEMA_VERSION) {
            throw json.error("schemaVersion", "is not " + SCHEMA_VERSION);
        }
        return new RecentVerdict(
                json.instant("at"),
                json.string("job"),
                Math.toIntExact(Math.min(json.count("number"), Integer.MAX_VALUE)),
                Math.toIntExact(Math.min(json.count("index"), Integer.MAX_VALUE)),
                json.string("image"),
                json.string("target"),
                json.string("policy"),
                json.optionalBoolean("passed").orElse(false),
                json.optionalBoolean("promoted").orElse(false));
    }

    public ObjectNode toJson() {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", SCHEMA_VERSION);
        json.put("at", at.toString());
        json.put("job", job);
        json.put("number", number);
        json.put("index", index);
        json.put("image", image);
        json.put("target", target);
        json.put("policy", policy);
        json.put("passed", passed);
        json.put("promoted", promoted);
        return json;
    }

    /** The same verdict with the new name of its job. */
    RecentVerdict of(String newJob) {
        return new RecentVerdict(at, newJob, number, index, image, target, policy, passed, promoted);
    }

    public StatusMark mark() {
        return passed ? StatusMark.PASSED : StatusMark.FAILED;
    }

    /** The image without its digest. */
    public String name() {
        return ShownDigest.nameOf(image);
    }

    /** The result for the image, in a word. */
    public String word() {
        return promoted ? "Promoted" : passed ? "Passed" : "Refused";
    }

    public ShownTime time() {
        return ShownTime.of(at);
    }
}
