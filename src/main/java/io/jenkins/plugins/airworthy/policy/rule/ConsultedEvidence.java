package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** The statements that a rule looks at. Statements that no rule of a policy looks at are not even read. */
public sealed interface ConsultedEvidence {
    /** No statements. */
    record Nothing() implements ConsultedEvidence {}

    /** All statements of every type, so that a count is complete. */
    record Everything() implements ConsultedEvidence {}

    /** All statements of one type: an old one can matter as much as the newest. */
    record Every(String predicateType) implements ConsultedEvidence {
        /** Whether statements of a type are judged as this type, or told of in a refusal. */
        public boolean includes(String type) {
            return PredicateTypes.judgedAs(type).equals(predicateType)
                    || PredicateTypes.isUnreadFormOf(predicateType, type);
        }
    }

    /** The newest believed statements of these types together, as {@link LatestEvidence} finds them. */
    record Newest(Set<String> predicateTypes, Trust trust) implements ConsultedEvidence {
        public Newest {
            predicateTypes = Set.copyOf(predicateTypes);
        }

        Newest(String predicateType, Trust trust) {
            this(Set.of(predicateType), trust);
        }

        /** Whether statements of a type are judged as one of these types. */
        public boolean isOf(String type) {
            return predicateTypes.contains(PredicateTypes.judgedAs(type));
        }

        /** Whether statements of a type are not judged, but told of in a refusal. */
        public boolean mentions(String type) {
            return predicateTypes.stream().anyMatch(judged -> PredicateTypes.isUnreadFormOf(judged, type));
        }

        /**
         * Whether a believed statement is so new that no unread statement can decide too. Never true if the rule believes statements
         * without a time, since those always count as new.
         *
         * @param lastMade the latest time at which the unread statements can have been made
         */
        public boolean isDecided(Collection<VerifiedEvidence> read, Instant lastMade) {
            return !trust.believesUndated()
                    && read.stream()
                            .filter(evidence -> isOf(evidence.predicateType()))
                            .filter(trust::believes)
                            .flatMap(evidence -> LatestEvidence.observedAt(evidence).stream())
                            .anyMatch(at -> ClockSkew.isFuture(at, lastMade));
        }
    }
}
