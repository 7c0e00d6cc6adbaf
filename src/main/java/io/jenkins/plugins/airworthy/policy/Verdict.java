package io.jenkins.plugins.airworthy.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.rule.Outcome;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.policy.rule.Trust;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The verdict of a policy on an image, item by item; text and JSON are made from this record. The
 * decision follows from the items and cannot be set.
 *
 * @param policyDigest the digest of the policy document's bytes
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

    /** Items that every verdict has or may have; that one of them is in order says nothing for the image. */
    private static final Set<String> BESIDE_THE_CHECKLIST =
            Set.of("expires", "images", "image", "recalls", "held", "downgrade");

    public Verdict {
        items = List.copyOf(items);
    }

    /**
     * One item of the checklist.
     *
     * @param platform the platform judged; empty for an item about the requested digest
     * @param signers who signed the evidence that decided; empty without evidence
     * @param observed the least trusted observer of that evidence; empty without evidence
     * @param details the findings behind the reason, up to a limit
     * @param evidence the digests of the manifests of the evidence that decided
     * @param warns whether its rule only warns, so that the item neither refuses nor passes the image
     */
    public record Item(
            String id,
            Status status,
            String reason,
            Optional<Platform> platform,
            List<Signer> signers,
            Optional<String> observed,
            List<String> details,
            List<Digest> evidence,
            boolean warns) {
        public Item {
            id = Outcome.bounded(id);
            reason = Outcome.bounded(reason);
            signers = List.copyOf(signers);
            details = List.copyOf(details);
            evidence = List.copyOf(evidence);
        }

        /** An item of a rule that is enforced. */
        public Item(
                String id,
                Status status,
                String reason,
                Optional<Platform> platform,
                List<Signer> signers,
                Optional<String> observed,
                List<String> details,
                List<Digest> evidence) {
            this(id, status, reason, platform, signers, observed, details, evidence, false);
        }

        /** Whether this is an item of the checklist that is enforced and fulfilled, or waived. */
        private boolean speaksFor() {
            return !warns && !BESIDE_THE_CHECKLIST.contains(id) && (status == Status.PASSED || status == Status.WAIVED);
        }

        /** The signers as one text; empty without evidence. */
        public Optional<String> signer() {
            return signers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Outcome.bounded(
                            signers.stream().map(Signer::label).distinct().collect(Collectors.joining("; "))));
        }

        Item warning(boolean only) {
            return new Item(id, status, reason, platform, signers, observed, details, evidence, only);
        }

        /** An item with an outcome and whose evidence decided. */
        public static Item of(String id, Optional<Platform> platform, Outcome outcome) {
            Set<Observer> observers = EnumSet.noneOf(Observer.class);
            Set<Digest> manifests = new LinkedHashSet<>();
            Map<String, Signer> signers =
                    new LinkedHashMap<>(); // by their labels: comparing records costs a cold start
            for (VerifiedEvidence each : outcome.evidence()) {
                observers.add(Trust.observer(each));
                manifests.add(each.manifest());
                signers.putIfAbsent(each.signer().label(), each.signer());
            }
            return new Item(
                    id,
                    outcome.status(),
                    outcome.reason(),
                    platform,
                    List.copyOf(signers.values()),
                    observers.stream().findFirst().map(Observer::toString),
                    outcome.details(),
                    List.copyOf(manifests));
        }

        /** An item without evidence. */
        public static Item of(String id, Status status, String reason) {
            return new Item(id, status, reason, Optional.empty(), List.of(), Optional.empty(), List.of(), List.of());
        }
    }

    /** The same verdict with one item more, which can refuse the image and never passes it. */
    public Verdict with(Item more) {
        List<Item> all = new ArrayList<>(items);
        all.add(more);
        return new Verdict(image, digest, target, policyName, policyDigest, mode, evaluatedAt, all);
    }

    /** Returns the decision: passed only if no item failed, and at least one of an enforced rule passed or was waived. */
    public Decision decision() {
        boolean failed = items.stream().anyMatch(item -> item.status() == Status.FAILED);
        return !failed && items.stream().anyMatch(Item::speaksFor) ? Decision.PASSED : Decision.FAILED;
    }

    public boolean passed() {
        return decision() == Decision.PASSED;
    }

    /** Whether the policy is enforced. Nothing may be promoted by a verdict that is not enforced. */
    public boolean enforced() {
        return mode == Mode.ENFORCE;
    }

    /** Returns the manifests of all evidence that decided; a promotion copies exactly these and the image. */
    public Set<Digest> evidence() {
        Set<Digest> evidence = new LinkedHashSet<>();
        items.forEach(item -> evidence.addAll(item.evidence()));
        return evidence;
    }

    /** Writes the verdict as JSON, with members and items always in the same order. */
    public ObjectNode toJson() {
        return VerdictJson.of(this);
    }
}
