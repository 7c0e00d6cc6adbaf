package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.Provenance;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.rule.BaseRule;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.Waiver;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A checklist that an image must pass, as its author wrote it. Refuses a document that asks for nothing, that trusts nobody,
 * or that leaves out signatures or vulnerabilities without saying why.
 *
 * @param digest of the document's bytes
 * @param expires the last day, in UTC, on which this policy passes anything
 * @param routes the names of images that this policy is for, and where each may go
 */
public record Policy(
        String name,
        Digest digest,
        Mode mode,
        Optional<LocalDate> expires,
        List<Route> routes,
        List<Rule> checklist,
        List<Waiver> waivers,
        List<Without> without) {
    public Policy {
        routes = List.copyOf(routes);
        checklist = List.copyOf(checklist);
        waivers = List.copyOf(waivers);
        without = List.copyOf(without);
        if (checklist.isEmpty() || routes.isEmpty()) {
            throw new IllegalArgumentException("a policy has images and a checklist");
        }
    }

    /**
     * Reads a document.
     *
     * @param document names it in errors, usually its file name
     */
    public static Policy parse(byte[] yaml, String document) throws InvalidInputException {
        return PolicyReader.read(yaml, document);
    }

    /** Judges an image. All that is wrong with it is said at once. */
    public Verdict judge(Candidate candidate, Instant now) throws InterruptedException {
        return new Judgement(this, candidate, now).verdict();
    }

    /**
     * The base images whose layers must be known before {@link #judge} can compare them, each named by provenance that the
     * policy believes and allowed by the policy: no other registry need be asked.
     */
    public Set<Provenance.Base> basesToRead(Candidate candidate, Instant now) {
        Judgement judgement = new Judgement(this, candidate, now);
        Set<Provenance.Base> bases = new LinkedHashSet<>();
        for (Rule rule : checklist) {
            if (rule instanceof BaseRule base) {
                bases.addAll(base.claims(judgement.asked()));
            }
        }
        return bases;
    }

    /** Whether this policy is for images of this name. */
    public boolean isFor(ImageReference image) {
        return routes.stream().anyMatch(route -> route.match(image).isPresent());
    }

    /** Names of all keys that any rule believes; a verifier that is not given one of these cannot find its evidence. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        checklist.forEach(rule -> keys.addAll(rule.signatories().keys()));
        return keys;
    }

    /** All identities that any rule believes: a verifier need believe nobody else. */
    public List<IdentityPattern> identities() {
        return checklist.stream()
                .flatMap(rule -> rule.signatories().identities().stream())
                .distinct()
                .toList();
    }

    boolean hasExpired(Instant now) {
        return expires.map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())
                .filter(end -> !now.isBefore(end))
                .isPresent();
    }
}
