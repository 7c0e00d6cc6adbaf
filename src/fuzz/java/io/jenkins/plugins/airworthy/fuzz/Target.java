package io.jenkins.plugins.airworthy.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One parser with inputs that it accepts.
 *
 * @param name a word for commands and folders
 * @param form how inputs are damaged
 * @param source what every refusal has to name: one of these words between bars; empty where the parser is given no name
 * @param pace how many inputs are worth their time
 * @param seeds each is accepted
 * @param others tried as they are, accepted or not, and pieces are taken from them too: above all the attacks that are known
 * @param words of the format
 */
public record Target(
        String name,
        Form form,
        String source,
        Pace pace,
        List<byte[]> seeds,
        List<byte[]> others,
        List<String> words,
        Parser parser) {
    /** A name to give to parsers, and to look for in refusals. */
    public static final String SOURCE = "the fuzzed input";

    public Target {
        seeds = List.copyOf(seeds);
        others = List.copyOf(others);
        words = List.copyOf(words);
    }

    /** Ends normally when it accepts, and fails with an {@link AssertionError} when what it accepted is wrong. */
    @FunctionalInterface
    public interface Parser {
        void read(byte[] input) throws Exception;
    }

    /** A parser of texts. */
    @FunctionalInterface
    public interface TextParser {
        void read(String input) throws Exception;
    }

    /** How long an input takes. */
    public enum Pace {
        /** Some microseconds. */
        FAST(2_500, 32),
        /** Some tens of microseconds. */
        STEADY(1_000, 8),
        /** Some hundreds: a signature or a chain of certificates is checked. */
        SLOW(150, 1),
        /** Milliseconds and more: a password becomes a key, or a server is asked. */
        CRAWLING(10, 0);

        private final int everyBuild;
        private final int share;

        Pace(int everyBuild, int share) {
            this.everyBuild = everyBuild;
            this.share = share;
        }

        /** How many inputs every build tries. */
        int everyBuild() {
            return everyBuild;
        }

        int share() {
            return share;
        }
    }

    public static Target of(String name, Form form, Parser parser) {
        return new Target(name, form, SOURCE, Pace.STEADY, List.of(), List.of(), List.of(), parser);
    }

    public static Target ofText(String name, TextParser parser) {
        return of(name, Form.TEXT, bytes -> parser.read(new String(bytes, StandardCharsets.UTF_8)))
                .at(Pace.FAST);
    }

    public Target seeds(String... texts) {
        return new Target(name, form, source, pace, joined(seeds, texts), others, words, parser);
    }

    public Target seeds(List<byte[]> more) {
        List<byte[]> all = new ArrayList<>(seeds);
        all.addAll(more);
        return new Target(name, form, source, pace, all, others, words, parser);
    }

    public Target others(String... texts) {
        return new Target(name, form, source, pace, seeds, joined(others, texts), words, parser);
    }

    public Target others(List<byte[]> more) {
        List<byte[]> all = new ArrayList<>(others);
        all.addAll(more);
        return new Target(name, form, source, pace, seeds, all, words, parser);
    }

    public Target words(String... more) {
        return new Target(name, form, source, pace, seeds, others, Arrays.asList(more), parser);
    }

    public Target names(String words) {
        return new Target(name, form, words, pace, seeds, others, this.words, parser);
    }

    public Target at(Pace other) {
        return new Target(name, form, source, other, seeds, others, words, parser);
    }

    private static List<byte[]> joined(List<byte[]> some, String... texts) {
        List<byte[]> all = new ArrayList<>(some);
        for (String text : texts) {
            all.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
