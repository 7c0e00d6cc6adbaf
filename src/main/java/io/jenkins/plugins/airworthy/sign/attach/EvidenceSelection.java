package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.time.Instant;
import java.util.List;

/**
 * Which evidence has to be read. It can go by what writers say of their evidence, which is not signed, since nobody gains by
 * lying about his own: a lie around somebody else's genuine bundle leaves the genuine manifest in place. It can go by what a list of
 * referrers says of it as well: whoever can write a lie into the list can leave the entry out. What is not clear is read.
 */
public interface EvidenceSelection {
    /** Everything. */
    EvidenceSelection ALL = new EvidenceSelection() {
        @Override
        public Extent extent(String predicateType) {
            return Extent.ALL;
        }

        @Override
        public boolean isDecided(String predicateType, List<VerifiedEvidence> believed, Instant lastAttached) {
            return false;
        }
    };

    /** How much of this type has to be read. */
    Extent extent(String predicateType);

    /**
     * Whether nothing that is unread can change what the newest of this type say; asked for types of which the newest have
     * to be read.
     *
     * @param believed what was read of any type and is believed
     * @param lastAttached the latest time at which anything unread of this type was attached
     */
    boolean isDecided(String predicateType, List<VerifiedEvidence> believed, Instant lastAttached);
}
