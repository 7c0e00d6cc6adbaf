package io.jenkins.plugins.airworthy.sign.attach;

/** How much of the evidence of one predicate type has to be read. */
public enum Extent {
    /** None: nobody asks for it. */
    NOTHING,
    /** The newest, back to where {@link EvidenceSelection#isDecided} says that all older ones have no say. */
    NEWEST,
    /** Every piece of it. */
    ALL
}
