package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.sign.attach.DamagedBundles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks another verifier too. What the product believes it has to believe as well, except for an {@link OpinionDifference};
 * the product may be the stricter one. How often they agreed, and for which reasons they did not, is written to a file.
 */
final class SecondOpinion {
    private static final long SEED = Long.getLong("airworthy.fuzz.seed", 20261129);
    private static final Path FOLDER = Path.of("target/second-opinion");

    /** Says why it refuses; nothing if it accepts. */
    @FunctionalInterface
    interface Verifier {
        Optional<String> refusal(SigstoreCase one) throws Exception;
    }

    private final String name;
    private final Verifier other;
    private final Set<String> refusals = new HashSet<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    SecondOpinion(String name, Verifier other) {
        this.name = name;
        this.other = other;
    }

    /** Those that the product accepts, and so the other one has to. */
    List<SigstoreCase> accepted(List<SigstoreCase> cases) throws Exception {
        List<SigstoreCase> both = new ArrayList<>();
        for (SigstoreCase one : cases) {
            if (one.refusal().isEmpty()) {
                assertThat(other.refusal(one)).as(one.name()).isEmpty();
                both.add(one);
            }
        }
        return both;
    }

    /** Compares on damaged copies. Of what the product refuses, the other one judges all or the first of each kind. */
    void compare(List<SigstoreCase> honest, int defaultInputs, boolean all) throws Exception {
        int inputs = Integer.getInteger("airworthy.fuzz.inputs", defaultInputs);
        DamagedBundles damaged = new DamagedBundles(honest);
        for (int number = 0; number < inputs; number++) {
            SigstoreCase one = damaged.get(SEED, number);
            Optional<String> ours = one.refusal();
            String count = ours.isEmpty() ? accepted(one) : refused(one, kind(ours.get()), all);
            counts.merge(count, 1, Integer::sum);
        }
        Files.createDirectories(FOLDER);
        Files.writeString(
                FOLDER.resolve(name + ".txt"),
                counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey() + "\n")
                        .collect(Collectors.joining()));
        assertThat(counts.getOrDefault("both accept", 0)).as("%s", counts).isGreaterThan(inputs / 20);
    }

    private String accepted(SigstoreCase one) throws Exception {
        Optional<String> theirs = other.refusal(one);
        if (theirs.isEmpty()) {
            return "both accept";
        }
        SigstoreCase left = one;
        Set<OpinionDifference> found = EnumSet.noneOf(OpinionDifference.class);
        for (OpinionDifference difference : OpinionDifference.values()) {
            if (other.refusal(difference.without(one)).isEmpty()) {
                return "only we accept: " + difference;
            }
            left = difference.without(left);
            found.add(difference);
            if (other.refusal(left).isEmpty()) {
                return "only we accept: " + found;
            }
        }
        throw new AssertionError(saved(one) + ": only we accept it; the other one says " + theirs.get());
    }

    private String refused(SigstoreCase one, String kind, boolean all) throws Exception {
        if (!refusals.add(kind) && !all) {
            return "we refuse as we did before";
        }
        return other.refusal(one).isEmpty() ? "only we refuse: " + kind : "both refuse";
    }

    private static Path saved(SigstoreCase one) throws IOException {
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve(one.name() + "-trusted_root.json"), one.root());
        return Files.write(FOLDER.resolve(one.name() + ".bundle"), one.bundle());
    }

    private static String kind(String refusal) {
        return refusal.replaceAll("(?s)^.*: (unknown member|is missing|expected a string)$", "$1")
                .replaceAll("(?s)'.*'", "'…'")
                .replaceAll("[0-9a-f]{8,}|[0-9]+", "#");
    }
}
