package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code imageVerify} and {@code imagePromote} return to a pipeline. It is only for reading: no step accepts one, so a
 * pipeline that keeps or forges one gains nothing.
 */
public final class VerdictValue implements Serializable {
    private static final long serialVersionUID = 1;

    private final String decision;
    private final boolean promoted;
    private final String digest;
    private final String reference;
    private final String target;
    private final String policy;
    private final ArrayList<String> reasons;
    private final ArrayList<VerdictItemValue> items;

    private VerdictValue(Verdict verdict, boolean promoted, String reference, List<String> reasons) {
        this.decision = verdict.decision().name();
        this.promoted = promoted;
        this.digest = verdict.digest().toString();
        this.reference = reference;
        this.target = verdict.target().map(Object::toString).orElse("");
        this.policy = verdict.policyName();
        this.reasons = new ArrayList<>(reasons);
        this.items = new ArrayList<>();
        verdict.items().forEach(item -> items.add(new VerdictItemValue(item)));
    }

    /** The verdict on an image that was judged and not promoted. */
    static VerdictValue judged(Verdict verdict) {
        return new VerdictValue(verdict, false, pinned(verdict), failures(verdict));
    }

    /** The verdict on an image that was not promoted, because it was refused. */
    static VerdictValue refused(Promotion.Refused refused) {
        Verdict verdict = refused.judged().verdict();
        List<String> failures = failures(verdict);
        return new VerdictValue(
                verdict, false, pinned(verdict), failures.isEmpty() ? List.of(refused.reason()) : failures);
    }

    /** The verdict on an image that is at its target now. */
    static VerdictValue promoted(Promotion.Promoted promoted) {
        return new VerdictValue(
                promoted.judged().verdict(), true, promoted.target().toString(), List.of());
    }

    /** The message for a build that fails because of a refusal: one line for each reason. */
    String refusal() {
        return "imagePromote: policy '" + policy + "' does not let " + reference + " go to " + target
                + "; nothing was written there:\n  " + String.join("\n  ", reasons);
    }

    private static List<String> failures(Verdict verdict) {
        return verdict.items().stream()
                .filter(item -> item.status() == Status.FAILED)
                .map(item -> item.id()
                        + item.platform().map(platform -> " on " + platform).orElse("") + ": " + item.reason())
                .map(AirworthyException::oneLine)
                .toList();
    }

    private static String pinned(Verdict verdict) {
        return verdict.image().at(verdict.digest()).toString();
    }

    /** Whether the policy's decision is PASSED. Only {@link #isPromoted} says that the image is at its target. */
    @Whitelisted
    public boolean isPassed() {
        return decision.equals("PASSED");
    }

    /** Whether the target's tag points at the image now. */
    @Whitelisted
    public boolean isPromoted() {
        return promoted;
    }

    /** {@code PASSED} or {@code FAILED}. */
    @Whitelisted
    public String getDecision() {
        return decision;
    }

    /** Of the image that was judged. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The image by digest: at its target when it was promoted, where it was judged otherwise. */
    @Whitelisted
    public String getReference() {
        return reference;
    }

    /** The target that was asked for; empty when no target was named. */
    @Whitelisted
    public String getTarget() {
        return target;
    }

    /** The name of the policy that judged. */
    @Whitelisted
    public String getPolicy() {
        return policy;
    }

    /** Why the image was refused, one line for each reason; empty if it passed. */
    @Whitelisted
    public List<String> getReasons() {
        return new ArrayList<>(reasons);
    }

    /** The checklist, in the policy's order. */
    @Whitelisted
    public List<VerdictItemValue> getItems() {
        return new ArrayList<>(items);
    }

    @Override
    @Whitelisted
    public String toString() {
        return decision + " " + reference;
    }
}
