package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.rule.ConsultedEvidence;
import io.jenkins.plugins.airworthy.policy.rule.ProvenanceRule;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When images were built, as provenance says that the rules of a policy believe. Nothing is known by a policy that asks for none, and
 * nothing of a build that is said to end in the future.
 */
final class BuildTimes {
    private final List<ProvenanceRule> rules;
    private final Instant now;

    BuildTimes(Policy policy, Instant now) {
        this.rules = policy.checklist().stream()
                .map(Rule::enforced)
                .filter(ProvenanceRule.class::isInstance)
                .map(ProvenanceRule.class::cast)
                .toList();
        this.now = now;
    }

    /**
     * When the build of an image finished; for an index of which nothing is said, the newest of its images.
     *
     * @param subjects the requested digest first
     */
    Optional<Instant> finished(Collection<Digest> subjects, List<VerifiedEvidence> evidence) {
        Optional<Instant> latest = Optional.empty();
        boolean first = true;
        for (Digest subject : subjects) {
            for (ProvenanceRule rule : rules) {
                Optional<Instant> told = rule.finished(subject, evidence);
                latest = told.isPresent() && latest.filter(told.get()::isBefore).isEmpty() ? told : latest;
            }
            if (first && latest.isPresent()) {
                break;
            }
            first = false;
        }
        return latest.filter(at -> !ClockSkew.isFuture(at, now));
    }

    /** The same of an image that is at a target, by the provenance that is attached to it there. */
    Optional<Instant> finishedAt(ImageStore store, ImageReference pinned, TrustedSigners signers)
            throws AirworthyException, InterruptedException {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        List<ConsultedEvidence> asked =
                rules.stream().map(Rule::asks).filter(Objects::nonNull).toList();
        Collection<Digest> subjects = EvidenceCollector.subjects(ImageReader.read(store, pinned));
        List<VerifiedEvidence> evidence = new ArrayList<>();
        for (Digest subject : subjects) {
            evidence.addAll(EvidenceReader.read(store, subject, signers, new PolicySelection(asked, false))
                    .verified());
            Optional<Instant> known = finished(subjects, evidence);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }
}
