package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.rule.AcceptedBuild;
import io.jenkins.plugins.airworthy.policy.rule.BaseRule;
import io.jenkins.plugins.airworthy.policy.rule.ConsultedEvidence;
import io.jenkins.plugins.airworthy.policy.rule.ProvenanceRule;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.Trust;
import io.jenkins.plugins.airworthy.policy.waiver.RecallWaiver;
import io.jenkins.plugins.airworthy.policy.waiver.Waiver;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A checklist that an image must pass. A document is refused if it demands nothing, trusts no signer,
 * or omits signatures or vulnerabilities without a reason.
 *
 * @param digest the digest of the document's bytes
 * @param expires the last day, in UTC, on which this policy passes an image
 * @param trust what the rules trust that name nothing else; empty if the policy names no signer or no observer for all of them
 * @param routes the names of images that this policy applies to, and where each may be promoted
 */
public record Policy(
        String name,
        Digest digest,
        Mode mode,
        Optional<LocalDate> expires,
        Optional<Trust> trust,
        List<Route> routes,
        List<Rule> checklist,
        List<Waiver> waivers,
        List<RecallWaiver> recallWaivers,
        List<Omission> without) {
    public Policy {
        routes = List.copyOf(routes);
        checklist = List.copyOf(checklist);
        waivers = List.copyOf(waivers);
        recallWaivers = List.copyOf(recallWaivers);
        without = List.copyOf(without);
        if (checklist.isEmpty() || routes.isEmpty()) {
            throw new IllegalArgumentException("a policy has images and a checklist");
        }
    }

    /** Creates a policy that accepts no recall, and trusts nobody but its rules do. */
    public Policy(
            String name,
            Digest digest,
            Mode mode,
            Optional<LocalDate> expires,
            List<Route> routes,
            List<Rule> checklist,
            List<Waiver> waivers,
            List<Omission> without) {
        this(name, digest, mode, expires, Optional.empty(), routes, checklist, waivers, List.of(), without);
    }

    /**
     * Reads a policy document.
     *
     * @param document the name for errors, usually the file name
     * @throws io.jenkins.plugins.airworthy.InvalidInputException if the document is malformed or refused; the message has line and
     *     column
     */
    public static Policy parse(byte[] yaml, String document) throws InvalidInputException {
        return PolicyReader.read(yaml, document);
    }

    /** Judges an image. The verdict has the outcomes of all rules, even if one fails. */
    public Verdict judge(Candidate candidate, Instant now) throws InterruptedException {
        return new PolicyEvaluation(this, candidate, now).verdict();
    }

    /**
     * Returns the base images whose layers {@link #judge} needs. Each is named by provenance that the
     * policy believes, and allowed by the policy, so that no other registry is contacted.
     */
    public Set<Provenance.Base> basesToRead(Candidate candidate, Instant now) {
        PolicyEvaluation judgement = new PolicyEvaluation(this, candidate, now);
        Set<Provenance.Base> bases = new LinkedHashSet<>();
        for (Rule rule : checklist) {
            if (rule.enforced() instanceof BaseRule base) {
                bases.addAll(base.claims(judgement.asked()));
            }
        }
        return bases;
    }

    /** Whether this policy applies to images of this name. */
    public boolean isFor(ImageReference image) {
        return routes.stream().anyMatch(route -> route.match(image).isPresent());
    }

    /** The names of all keys that any rule trusts; a verifier without one of these keys rejects its evidence. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        checklist.forEach(rule -> keys.addAll(rule.signatories().keys()));
        return keys;
    }

    /** All identities that any rule trusts; a verifier need not trust others. */
    public List<IdentityPattern> identities() {
        return checklist.stream()
                .flatMap(rule -> rule.signatories().identities().stream())
                .distinct()
                .toList();
    }

    /**
     * Whether a statement counts as true where no rule judges it, as for recalls: by the trust of a rule that looks at statements of this
     * type, else by the policy's own.
     */
    public boolean believes(VerifiedEvidence evidence) {
        return trusts(evidence.predicateType()).anyMatch(each -> each.isProvenBy(evidence));
    }

    /** Whether {@link #believes} could be true of a recorded statement; a property that the record lacks counts as trusted. */
    public boolean mayBelieve(RecordedStatement signed) {
        return trusts(signed.predicateType()).anyMatch(each -> each.mayBelieve(signed));
    }

    private Stream<Trust> trusts(String predicateType) {
        List<Trust> named = checklist.stream()
                .flatMap(rule -> trusts(rule, predicateType))
                .distinct()
                .toList();
        return named.isEmpty() ? trust.stream() : named.stream();
    }

    private static Stream<Trust> trusts(Rule rule, String predicateType) {
        if (rule.enforced() instanceof ProvenanceRule provenance) {
            return PredicateTypes.judgedAs(predicateType).equals(PredicateTypes.PROVENANCE)
                    ? provenance.accept().stream().map(AcceptedBuild::trust)
                    : Stream.empty();
        }
        return rule.asks() instanceof ConsultedEvidence.Newest newest && newest.isOf(predicateType)
                ? Stream.of(newest.trust())
                : Stream.empty();
    }

    /** Whether any rule asks for a log entry or a timestamp, which nobody can verify without a trusted root. */
    public boolean asksForProof() {
        return checklist.stream().anyMatch(rule -> rule.signatories().proof().asks());
    }

    boolean hasExpired(Instant now) {
        return expires.map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .filter(end -> !now.isBefore(end))
                .isPresent();
    }
}
