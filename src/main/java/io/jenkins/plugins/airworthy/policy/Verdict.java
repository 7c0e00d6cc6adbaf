package io.jenkins.plugins.airworthy.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.rule.Outcome;
import io.jenkins.plugins.airworthy.policy.rule.Status;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy says of an image, item by item; every other form is made of this one record. The
 * decision follows from the items and cannot be set.
 *
 * @param policyDigest of the policy document's bytes
 */
public record Verdict(
        ImageReference image,
        Digest digest,
        Optional<ImageReference> target,
        String policyName,
        Digest policyDigest,
        Mode mode,
        Instant evaluatedAt,
        List<Item> items) {
    /** The version of the JSON form. */
    public static final int SCHEMA_VERSION = 1;

    public Verdict {
        items = List.copyOf(items);
    }

    /**
     * One item of the checklist.
     *
     * @param platform absent for what is about the digest asked for
     * @param signer who signed the evidence that decided; absent when there was none
     * @param observed the least of the places where that evidence was observed; absent when there was none
     * @param details every finding behind the reason, bounded
     * @param evidence the manifests of the evidence that decided
     */
    public record Item(
            String id,
            Status status,
            String reason,
            Optional<Platform> platform,
            Optional<String> signer,
            Optional<String> observed,
            List<String> details,
            List<Digest> evidence) {
        public Item {
            id = Outcome.bounded(id);
            reason = Outcome.bounded(reason);
            signer = signer.map(Outcome::bounded);
            details = List.copyOf(details);
            evidence = List.copyOf(evidence);
        }

        static Item of(String id, Status status, String reason) {
            return new Item(
                    id, status, reason, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());
        }
    }

    /** Passed only if no item failed and something was shown. */
    public Decision decision() {
        boolean failed = items.stream().anyMatch(item -> item.status() == Status.FAILED);
        boolean shown = items.stream().anyMatch(i -> i.status() == Status.PASSED || i.status() == Status.WAIVED);
        return shown && !failed ? Decision.PASSED : Decision.FAILED;
    }

    public boolean passed() {
        return decision() == Decision.PASSED;
    }

    /** Whether the policy means its refusals. Nothing may be promoted by a verdict that is not enforced. */
    public boolean enforced() {
        return mode == Mode.ENFORCE;
    }

    /** The manifests of all evidence that decided: with the image, exactly what a promotion copies. */
    public Set<Digest> evidence() {
        Set<Digest> evidence = new LinkedHashSet<>();
        items.forEach(item -> evidence.addAll(item.evidence()));
        return evidence;
    }

    /** The JSON form; members and items always in the same order. */
    public ObjectNode toJson() {
        return VerdictJson.of(this);
    }
}
