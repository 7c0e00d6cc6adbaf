package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.time.Instant;
import java.util.List;

/**
 * Selects the evidence to read. It may rely on unsigned claims of a manifest, since a false manifest around a genuine bundle does not
 * remove the genuine manifest. It may also rely on a list of referrers, since an attacker who can falsify an entry can also omit
 * it. Unclear evidence is read.
 */
public interface EvidenceSelection {
    /** Selects everything. */
    EvidenceSelection ALL = new EvidenceSelection() {
        @Override
        public ReadExtent extent(String predicateType) {
            return ReadExtent.ALL;
        }

        @Override
        public boolean isDecided(String predicateType, List<VerifiedEvidence> believed, Instant lastAttached) {
            return false;
        }
    };

    /** Selects all statements of one predicate type. */
    static EvidenceSelection ofType(String selected) {
        return new EvidenceSelection() {
            @Override
            public ReadExtent extent(String predicateType) {
                return predicateType.equals(selected) ? ReadExtent.ALL : ReadExtent.NOTHING;
            }

            @Override
            public boolean isDecided(String predicateType, List<VerifiedEvidence> believed, Instant lastAttached) {
                return false;
            }
        };
    }

    /** Returns how much evidence of this type must be read. */
    ReadExtent extent(String predicateType);

    /**
     * Whether unread evidence of this type can no longer change the decision; called for types of which the newest must
     * be read.
     *
     * @param believed the believed evidence of all types so far
     * @param lastAttached the latest time at which unread evidence of this type was attached
     */
    boolean isDecided(String predicateType, List<VerifiedEvidence> believed, Instant lastAttached);
}
