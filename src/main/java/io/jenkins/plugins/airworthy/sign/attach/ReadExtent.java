package io.jenkins.plugins.airworthy.sign.attach;

/** How much of the evidence of one predicate type must be read. */
public enum ReadExtent {
    /** None. */
    NOTHING,
    /** The newest, until {@link EvidenceSelection#isDecided} says that older ones cannot matter. */
    NEWEST,
    /** Every piece of it. */
    ALL
}
