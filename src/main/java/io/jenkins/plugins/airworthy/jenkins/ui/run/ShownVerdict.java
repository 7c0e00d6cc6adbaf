package io.jenkins.plugins.airworthy.jenkins.ui.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownDigest;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownTime;
import io.jenkins.plugins.airworthy.jenkins.ui.element.StatusMark;
import io.jenkins.plugins.airworthy.policy.Verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A verdict as pages show it, read from its stored form. Refuses a verdict of another schema version. Failed items come first.
 *
 * @param image without the digest, which is shown separately
 */
public record ShownVerdict(
        String image,
        ShownDigest digest,
        String target,
        String policy,
        ShownDigest policyDigest,
        boolean enforced,
        boolean passed,
        ShownTime evaluatedAt,
        List<ShownItem> items) {
    public ShownVerdict {
        items = items.stream().sorted(Comparator.comparing(ShownItem::mark)).toList();
    }

    /** The form of a new verdict. */
    public static ShownVerdict of(Verdict verdict) {
        try {
            return of(verdict.toJson());
        } catch (InvalidInputException e) {
            throw new IllegalStateException("a verdict's own JSON can be read", e);
        }
    }

    /** The form of a stored verdict. */
    public static ShownVerdict of(ObjectNode stored) throws InvalidInputException {
        JsonObject json = new JsonObject("the stored verdict", "", stored);
        if (json.count("schemaVersion") != Verdict.SCHEMA_VERSION) {
            throw json.error("schemaVersion", "is not " + Verdict.SCHEMA_VERSION);
        }
        JsonObject policy = json.object("policy");
        List<ShownItem> items = new ArrayList<>();
        for (JsonObject item : json.objects("items")) {
            items.add(ShownItem.of(item));
        }
        return new ShownVerdict(
                ShownDigest.nameOf(json.string("image")),
                ShownDigest.of(Digest.member(json, "digest")),
                json.optionalString("target").orElse(""),
                policy.string("name"),
                ShownDigest.of(Digest.member(policy, "digest")),
                json.optionalBoolean("enforced").orElse(false),
                json.string("decision").equals("PASSED"),
                ShownTime.of(json.instant("evaluatedAt")),
                items);
    }

    /** The same for a list of many verdicts: the status of the items, without findings. */
    ShownVerdict brief() {
        return new ShownVerdict(
                image,
                digest,
                target,
                policy,
                policyDigest,
                enforced,
                passed,
                evaluatedAt,
                items.stream().map(ShownItem::brief).toList());
    }

    public StatusMark mark() {
        return passed ? StatusMark.PASSED : StatusMark.FAILED;
    }

    /** The decision in a word. */
    public String word() {
        return passed ? "Passed" : "Refused";
    }

    /** How many items have this mark. */
    public long count(StatusMark mark) {
        return items.stream().filter(item -> item.mark() == mark).count();
    }

    /** One line with the result of the checklist. */
    public String summary() {
        long failed = count(StatusMark.FAILED);
        long warned = count(StatusMark.WARNED);
        long waived = count(StatusMark.WAIVED);
        String checked = Count.of(items.size(), "item");
        String text = failed == 0 ? "None of " + checked + " failed" : failed + " of " + checked + " failed";
        return text
                + (warned == 0 ? "" : ", " + warned + " only warned")
                + (waived == 0 ? "." : ", " + waived + " waived.");
    }
}
