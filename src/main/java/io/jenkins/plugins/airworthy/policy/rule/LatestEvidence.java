package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the statements that decide. Of the statements about the digest, with the predicate type, and believed by the rule's trust,
 * the newest by the signer's clock decides. Several decide together if their times are equal or absent: then each must pass, so
 * that two that disagree refuse the image.
 */
public final class LatestEvidence {
    private LatestEvidence() {}

    /** Judges one statement. */
    @FunctionalInterface
    interface Check {
        Outcome check(VerifiedEvidence evidence) throws InvalidInputException;
    }

    /** Judges every deciding statement of one type about one digest; {@code noun} is the type's name in messages. */
    static Outcome judge(RuleInput image, Digest about, String predicateType, String noun, Trust trust, Check check) {
        List<VerifiedEvidence> believed = believed(image, about, predicateType, trust);
        Optional<Outcome> refusal = refusal(image, about, predicateType, noun, trust, believed);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return decide(believed, noun, trust, check);
    }

    /** Judges the newest of these statements, of which there is one at least. */
    static Outcome decide(List<VerifiedEvidence> believed, String noun, Trust trust, Check check) {
        List<Outcome> outcomes = new ArrayList<>();
        Optional<String> unproven = trust.proof().refusal(newest(believed), noun);
        if (unproven.isPresent()) {
            return Outcome.failed(unproven.get(), newest(believed));
        }
        for (VerifiedEvidence evidence : newest(believed)) {
            outcomes.add(checked(evidence, noun, check));
        }
        return together(outcomes, noun);
    }

    /**
     * Returns the deciding statements of one type about one digest.
     *
     * @throws InvalidInputException if there is none, or one is of the future
     */
    public static List<VerifiedEvidence> deciding(
            RuleInput image, Digest about, String predicateType, String noun, Trust trust)
            throws InvalidInputException {
        List<VerifiedEvidence> believed = believed(image, about, predicateType, trust);
        Optional<Outcome> refusal = refusal(image, about, predicateType, noun, trust, believed);
        if (refusal.isPresent()) {
            throw new InvalidInputException(refusal.get().reason());
        }
        requireProven(newest(believed), noun, trust);
        return newest(believed);
    }

    /** Refuses statements of whose signatures too little is proven. */
    static void requireProven(List<VerifiedEvidence> deciding, String noun, Trust trust) throws InvalidInputException {
        Optional<String> unproven = trust.proof().refusal(deciding, noun);
        if (unproven.isPresent()) {
            throw new InvalidInputException(unproven.get());
        }
    }

    /** Whether a missing statement would decide, alone or with others, if it were present. */
    static boolean misses(RuleInput image, Digest about, String predicateType, Trust trust, RecordedStatement signed) {
        return isOfInterest(about, predicateType, trust, signed)
                && !isReplaced(signed, believed(image, about, predicateType, trust));
    }

    /** Whether a rule would look at a missing statement if it were present. */
    static boolean isOfInterest(Digest about, String predicateType, Trust trust, RecordedStatement signed) {
        return signed.subject().equals(about)
                && PredicateTypes.judgedAs(signed.predicateType()).equals(predicateType)
                && trust.mayBelieve(signed);
    }

    /** Whether one of the believed statements is certainly newer. */
    static boolean isReplaced(RecordedStatement signed, List<VerifiedEvidence> believed) {
        return believed.stream()
                .anyMatch(
                        e -> observedAt(e).filter(signed.observedBy()::isBefore).isPresent());
    }

    /** Returns the statements that a rule believes, of any time. */
    public static List<VerifiedEvidence> believed(RuleInput image, Digest about, String predicateType, Trust trust) {
        return believed(image.evidence(), about, predicateType, trust);
    }

    static List<VerifiedEvidence> believed(
            List<VerifiedEvidence> evidence, Digest about, String predicateType, Trust trust) {
        List<VerifiedEvidence> copies = evidence.stream()
                .filter(e -> e.subject().equals(about))
                .filter(e -> PredicateTypes.judgedAs(e.predicateType()).equals(predicateType))
                .filter(trust::believes)
                .toList();
        return trust.proof().withoutStripped(copies);
    }

    /** Returns why nothing can be judged: no believed statement, or an impossible time. */
    static Optional<Outcome> refusal(
            RuleInput image,
            Digest about,
            String predicateType,
            String noun,
            Trust trust,
            List<VerifiedEvidence> believed) {
        if (believed.isEmpty()) {
            return Optional.of(
                    Outcome.failed(MissingEvidence.reason(image, about, predicateType, noun, trust), List.of()));
        }
        return early(image, noun, believed);
    }

    /** Refuses a time in the future, beyond clock skew: a future date would keep the evidence fresh indefinitely. */
    static Optional<Outcome> early(RuleInput image, String noun, List<VerifiedEvidence> believed) {
        Instant latest = ClockSkew.latest(image.now());
        for (VerifiedEvidence evidence : believed) {
            Optional<Instant> at = observedAt(evidence).filter(latest::isBefore);
            if (at.isPresent()) {
                return Optional.of(Outcome.failed(
                        noun + " was observed at " + at.get() + ", which is in the future: a clock is wrong",
                        List.of(evidence)));
            }
        }
        return Optional.empty();
    }

    /** Returns the newest statements, and those without a time, which may be as new. */
    public static List<VerifiedEvidence> newest(List<VerifiedEvidence> believed) {
        Optional<Instant> newest =
                believed.stream().flatMap(e -> observedAt(e).stream()).max(Instant::compareTo);
        return believed.stream()
                .filter(e -> observedAt(e).isEmpty() || observedAt(e).equals(newest))
                .toList();
    }

    /**
     * The signer's own clock, else the time from which the certificate of the signature is valid.
     */
    public static Optional<Instant> observedAt(VerifiedEvidence evidence) {
        return evidence.statement().observation().map(Observation::at).or(evidence::signedAt);
    }

    private static Outcome checked(VerifiedEvidence evidence, String noun, Check check) {
        try {
            return check.check(evidence);
        } catch (InvalidInputException e) {
            return Outcome.failed(noun + " cannot be read: " + e.getMessage(), List.of(evidence));
        }
    }

    private static Outcome together(List<Outcome> outcomes, String noun) {
        Outcome all = outcomes.get(0);
        for (Outcome next : outcomes.subList(1, outcomes.size())) {
            boolean disagree = (all.status() == Status.FAILED) != (next.status() == Status.FAILED);
            Outcome worst = all.status().worse(next.status()) == all.status() ? all : next;
            List<VerifiedEvidence> evidence = new ArrayList<>(all.evidence());
            evidence.addAll(next.evidence());
            List<String> details = new ArrayList<>(all.details());
            details.addAll(next.details());
            all = new Outcome(
                    worst.status(),
                    disagree
                            ? "one " + noun + " passes and another, not known to be older, fails: " + worst.reason()
                            : worst.reason(),
                    details,
                    evidence);
        }
        return all;
    }
}
