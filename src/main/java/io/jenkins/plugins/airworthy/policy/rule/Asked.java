package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.time.Instant;
import java.util.Collection;

/** Which statements a rule looks at. What no rule of a policy asks for need not even be read. */
public sealed interface Asked {
    /** None. */
    record Nothing() implements Asked {}

    /** All of every type, so that what the rule counts is complete. */
    record Everything() implements Asked {}

    /** All of one type: an old one can matter as much as the newest. */
    record Every(String predicateType) implements Asked {}

    /** Of one type the newest that the rule believes, as {@link Decisive} finds them. */
    record Newest(String predicateType, Trust trust) implements Asked {
        /**
         * Whether a believed statement is so new that no other one can decide beside it. Where statements are believed that
         * tell no time there is no such: those count as new whenever they were made.
         *
         * @param lastMade when the newest of the others can have been made at the latest
         */
        public boolean isDecided(Collection<VerifiedEvidence> read, Instant lastMade) {
            return !trust.believesUndated()
                    && read.stream()
                            .filter(evidence -> evidence.predicateType().equals(predicateType))
                            .filter(trust::believes)
                            .flatMap(evidence -> Decisive.observedAt(evidence).stream())
                            .anyMatch(at -> ClockSkew.isFuture(at, lastMade));
        }
    }
}
