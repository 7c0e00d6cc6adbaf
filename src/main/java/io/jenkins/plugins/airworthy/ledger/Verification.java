package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of hashing every entry, tile and block of the index of a ledger: a few proofs of inclusion do not notice a damaged tile.
 *
 * @param entries how many were hashed
 * @param tiles how many full tiles were hashed
 * @param postings how many places the index has, each of which was compared with its entry by a checksum of all
 * @param problems what is wrong and where, at most {@value #MAX_PROBLEMS}
 * @param continued where an administrator continued the ledger, and what is lost, at most {@value #MAX_PROBLEMS}
 */
public record Verification(long entries, long tiles, long postings, List<String> problems, List<String> continued) {
    /** How many problems are told. */
    public static final int MAX_PROBLEMS = 20;

    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    public Verification {
        problems = List.copyOf(problems);
        continued = List.copyOf(continued);
    }

    static Verification of(LogSource source, Tree tree, Index index) throws AirworthyException {
        Work work = new Work(source, tree);
        for (Segment.Opened segment : index.opened()) {
            work.segment(segment);
        }
        long end = tree.size();
        for (long bundle = 0; bundle * TilePath.WIDTH < end; bundle++) {
            work.bundle(bundle, index.covered());
        }
        work.compareSums();
        for (int level = 0; end >> (TilePath.HEIGHT * (level + 1)) > 0; level++) {
            for (long tile = 0; tile < end >> (TilePath.HEIGHT * (level + 1)); tile++) {
                work.tile(level, tile);
            }
        }
        return new Verification(work.entries, work.tiles, work.postings, work.problems, work.continued);
    }

    private static final class Work {
        private final LogSource source;
        private final Tree tree;
        private final List<String> problems = new ArrayList<>();
        private final List<String> continued = new ArrayList<>();
        private long entries;
        private long tiles;
        private long postings;
        private long sum;

        Work(LogSource source, Tree tree) {
            this.source = source;
            this.tree = tree;
        }

        private void problem(String text) {
            if (problems.size() < MAX_PROBLEMS && !problems.contains(text)) {
                problems.add(text);
            }
        }

        private static long mixed(long hash, long index) {
            long mixed = (hash ^ index * MULTIPLIER) * MULTIPLIER;
            return mixed ^ mixed >>> 29;
        }

        void segment(Segment.Opened segment) throws AirworthyException {
            for (int block = 0; block < segment.blocks(); block++) {
                try {
                    for (Posting posting : segment.block(block)) {
                        sum += mixed(posting.hash(), posting.index());
                        postings++;
                    }
                } catch (InvalidInputException e) {
                    problem(e.getMessage());
                }
            }
        }

        void bundle(long number, long covered) throws AirworthyException {
            List<byte[]> lines;
            try {
                lines = tree.bundle(number);
            } catch (InvalidInputException e) {
                problem(e.getMessage());
                return;
            }
            for (int i = 0; i < lines.size(); i++) {
                long place = number * TilePath.WIDTH + i;
                entries++;
                try {
                    Entry entry = Entry.parse(lines.get(i), source + ": entry " + place);
                    if (entry.kind().equals(Ledger.CONTINUED) && continued.size() < MAX_PROBLEMS) {
                        continued.add(continued(place, entry));
                    }
                    if (place < covered) {
                        entry.terms().forEach(term -> sum -= mixed(term.hash(), place));
                    }
                } catch (InvalidInputException e) {
                    problem(e.getMessage());
                }
            }
        }

        private static String continued(long place, Entry entry) {
            String lost = entry.more().path("lostSize").asText();
            return "continued at entry " + place
                    + (lost.isEmpty()
                            ? ": nothing was lost"
                            : ": entries of the earlier ledger after "
                                    + entry.more().path("afterSize").asText() + " are lost, up to " + lost);
        }

        void compareSums() {
            if (sum != 0 && problems.isEmpty()) {
                problem(source + ": the index does not name exactly the entries that have its terms");
            }
        }

        void tile(int level, long number) throws AirworthyException {
            try {
                tree.tile(level, number);
                tiles++;
            } catch (InvalidInputException e) {
                problem(e.getMessage());
            }
        }
    }
}
