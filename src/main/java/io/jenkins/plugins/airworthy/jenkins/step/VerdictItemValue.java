package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.policy.Verdict;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** One item of a verdict's checklist, for a pipeline to read. */
public final class VerdictItemValue implements Serializable {
    private static final long serialVersionUID = 1;

    private final String id;
    private final String status;
    private final String reason;
    private final String platform;
    private final ArrayList<String> evidence = new ArrayList<>();

    VerdictItemValue(Verdict.Item item) {
        this.id = item.id();
        this.status = item.status().name();
        this.reason = item.reason();
        this.platform = item.platform().map(Object::toString).orElse("");
        item.evidence().forEach(digest -> evidence.add(digest.toString()));
    }

    /** The rule, as the policy names it. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** {@code PASSED}, {@code FAILED}, {@code WAIVED}, {@code WARNED} or {@code NOT_APPLICABLE}. */
    @Whitelisted
    public String getStatus() {
        return status;
    }

    @Whitelisted
    public String getReason() {
        return reason;
    }

    /** The platform of the image that the item is about; empty if it is about the digest asked for. */
    @Whitelisted
    public String getPlatform() {
        return platform;
    }

    /** The digests of the evidence that decided. */
    @Whitelisted
    public List<String> getEvidence() {
        return new ArrayList<>(evidence);
    }

    @Override
    @Whitelisted
    public String toString() {
        return status + " " + id + ": " + reason;
    }
}
