package io.jenkins.plugins.airworthy.ledger;

/** One line of the index: what a {@link Term} hashes to, and an entry that may have it. */
record Posting(long hash, long index) implements Comparable<Posting> {
    @Override
    public int compareTo(Posting other) {
        int byHash = Long.compare(hash, other.hash);
        return byHash != 0 ? byHash : Long.compare(index, other.index);
    }
}
