package io.jenkins.plugins.airworthy.gate.history;

import java.util.Set;

/** The kinds and members of the entries about promotions; docs/formats.md says what they mean. */
final class Kinds {
    static final String VERDICT = "verdict";
    static final String PROMOTING = "promoting";
    static final String PROMOTED = "promoted";
    static final String ROLLING_BACK = "rolling-back";
    static final String ROLLED_BACK = "rolled-back";

    /** What was begun did not happen: another digest was found at the tag. */
    static final String LOST = "promotion-lost";

    static final String HELD = "held";
    static final String REINSTATED = "reinstated";

    static final String PREVIOUS = "previous";
    static final String SOURCE = "source";
    static final String BUILT = "built";
    static final String BARRIER = "barrier";
    static final String REASON = "reason";
    static final String OF = "of";
    static final String FOUND = "found";
    static final String SUMMARY = "summary";
    static final String POLICY = "policy";

    /** Acts whose outcome is told by another entry. */
    static final Set<String> BEGUN = Set.of(PROMOTING, ROLLING_BACK);

    /** From these on the image is at the target. */
    static final Set<String> ARRIVED = Set.of(PROMOTED, ROLLED_BACK);

    /** All that says what the tag is, or may be. */
    static final Set<String> MOVES = Set.of(PROMOTING, ROLLING_BACK, PROMOTED, ROLLED_BACK, LOST);

    /** What may follow for an image at a target. */
    static final Set<String> STANDING = Set.of(PROMOTED, ROLLED_BACK, HELD, REINSTATED);

    private Kinds() {}
}
