package io.jenkins.plugins.airworthy.testing.structure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the product's answers with the tool's, test by test, on made images. */
final class StructureComparison {
    static final long DEFAULT_SEED = 20261129;
    private static final int IMAGES = 30;

    private final Path folder;
    private final ToolsAnswers tool;
    private final long seed;
    private final Map<String, Integer> seen = new TreeMap<>();
    private final List<String> unexplained = new ArrayList<>();
    private int agreed;
    private int passed;
    private int number;

    StructureComparison(Path folder, ToolsAnswers tool, long seed) {
        this.folder = folder;
        this.tool = tool;
        this.seed = seed;
    }

    /** Every test is answered alike, or differently for a named reason; with the default seed every reason is met. */
    void run() throws Exception {
        for (StructureCase example : StructureExamples.all()) {
            compare(example);
        }
        for (int i = 0; i < IMAGES; i++) {
            compare(new StructureCases(seed, i, Files.createDirectory(folder.resolve("made" + i))).make());
        }
        String told =
                "seed " + seed + ": " + agreed + " tests answered alike (" + passed + " passed), differently " + seen;
        System.out.println("container-structure-test, " + told);
        assertThat(unexplained).as(told).isEmpty();
        assertThat(agreed).as(told).isGreaterThan(300);
        assertThat(passed).as(told).isBetween(agreed / 5, agreed * 4 / 5);
        if (seed == DEFAULT_SEED) {
            assertThat(seen)
                    .containsKeys(Arrays.stream(StructureDifference.values())
                            .map(Enum::name)
                            .toArray(String[]::new));
        }
    }

    private void compare(StructureCase whole) throws Exception {
        boolean unpacked = tool.of(whole).indexOf('E') < 0;
        if (!unpacked) {
            seen.merge(StructureDifference.SLASH_BEFORE_A_NAME.name(), 1, Integer::sum);
        }
        StructureCase made = unpacked ? whole : StructureDifference.SLASH_BEFORE_A_NAME.without(whole);
        String ours = ours(made);
        String theirs = tool.of(made);
        assertThat(ours).isEqualTo(ours(whole));
        Set<Integer> open = new TreeSet<>();
        for (int test = 0; test < ours.length(); test++) {
            if (ours.charAt(test) == theirs.charAt(test)) {
                agreed++;
                passed += ours.charAt(test) == 'P' ? 1 : 0;
            } else {
                open.add(test);
            }
        }
        for (StructureDifference difference : StructureDifference.values()) {
            explain(made, difference, made, open, ours, theirs, difference.name());
        }
        StructureCase left = made;
        for (StructureDifference difference : StructureDifference.values()) {
            if (difference.right() == StructureDifference.Right.WE) {
                left = difference.without(left);
                explain(made, difference, left, open, ours, theirs, "several of them");
            }
        }
        for (int test : open) {
            unexplained.add("we say " + ours.charAt(test) + ", the tool " + theirs.charAt(test) + " to "
                    + made.tests().get(test) + " of " + made.image());
        }
    }

    private void explain(
            StructureCase made,
            StructureDifference difference,
            StructureCase from,
            Set<Integer> open,
            String ours,
            String theirs,
            String name)
            throws Exception {
        StructureCase without = difference.without(from.only(open));
        if (open.isEmpty() || without.fingerprint().equals(made.only(open).fingerprint())) {
            return;
        }
        String oursWithout = ours(without);
        String theirsWithout = tool.of(without);
        int at = 0;
        for (int test : List.copyOf(open)) {
            if (difference.explains(
                    ours.charAt(test), theirs.charAt(test), oursWithout.charAt(at), theirsWithout.charAt(at))) {
                open.remove(test);
                seen.merge(name, 1, Integer::sum);
            }
            at++;
        }
    }

    private String ours(StructureCase made) throws Exception {
        return made.ours(Files.createDirectory(folder.resolve("ours" + number++)));
    }
}
