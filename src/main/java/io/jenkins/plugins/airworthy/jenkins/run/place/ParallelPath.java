package io.jenkins.plugins.airworthy.jenkins.run.place;

import java.util.List;

/**
 * The branches of {@code parallel} around a step, the outermost first. Parallel stages and the cells of a {@code matrix} are such
 * branches. The path is empty outside of them, and in a job that is not a pipeline.
 */
public record ParallelPath(List<Branch> branches) {
    /** The path outside of all branches. */
    public static final ParallelPath NONE = new ParallelPath(List.of());

    /** How deep branches may be nested. */
    public static final int MAX_DEPTH = 50;

    /** How many characters the name of a block may have. */
    static final int MAX_ID_LENGTH = 100;

    public ParallelPath {
        branches = List.copyOf(branches);
        if (branches.size() > MAX_DEPTH) {
            throw new IllegalArgumentException("more than " + MAX_DEPTH + " nested branches");
        }
    }

    /**
     * A branch, by the names of blocks in the pipeline's graph. They never change, even across a restart.
     *
     * @param block the {@code parallel} whose branches run at the same time; it gets a new name each time it is reached
     */
    public record Branch(String block, String id) {
        public Branch {
            if (!isName(block) || !isName(id)) {
                throw new IllegalArgumentException("a block has no name");
            }
        }

        private static boolean isName(String text) {
            return !text.isBlank() && text.length() <= MAX_ID_LENGTH;
        }
    }

    /**
     * Whether something earlier in this run happened before the steps here began, and not in parallel to them: false in another
     * branch of the same {@code parallel}.
     */
    public boolean follows(ParallelPath earlier) {
        int common = Math.min(branches.size(), earlier.branches.size());
        for (int i = 0; i < common; i++) {
            Branch here = branches.get(i);
            Branch there = earlier.branches.get(i);
            if (!here.equals(there)) {
                // Two blocks on one line run one after the other; two branches of one block do not.
                return !here.block().equals(there.block());
            }
        }
        return true;
    }
}
