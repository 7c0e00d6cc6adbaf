package io.jenkins.plugins.airworthy.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The steps of the demo, what each had to show, and what it showed. */
final class Story {
    private static final String RULE = "-".repeat(100);

    private final List<String> outcomes = new ArrayList<>();
    private int surprises;

    /** Begins a part. */
    void chapter(String title) {
        System.out.printf("%n%s%n%s%n%s%n", RULE, title, RULE);
    }

    /** Explains the next command. */
    void say(String text) {
        System.out.printf("%n%s%n", text);
    }

    /** A step that only prepares: it must succeed. */
    Shell.Ended run(String... arguments) throws IOException, InterruptedException {
        Shell.Ended ended = Shell.airworthy(List.of(arguments));
        if (ended.status() != 0) {
            throw new IllegalStateException(
                    "exit status " + ended.status() + " where 0 was expected: the demo ends here");
        }
        return ended;
    }

    /** A step that the demo is about: it must end with this status and its output must name these. */
    void show(String claim, int status, List<String> named, String... arguments)
            throws IOException, InterruptedException {
        Shell.Ended ended = Shell.airworthy(List.of(arguments));
        List<String> missing =
                named.stream().filter(word -> !ended.output().contains(word)).toList();
        boolean asExpected = ended.status() == status && missing.isEmpty();
        surprises += asExpected ? 0 : 1;
        String verdict = asExpected ? "as expected" : "NOT AS EXPECTED";
        String unnamed = missing.isEmpty() ? "" : ", not named: " + missing;
        System.out.printf("  exit status: expected %d, was %d%s: %s%n", status, ended.status(), unnamed, verdict);
        outcomes.add("%-15s  %d  %s".formatted(verdict, ended.status(), claim));
    }

    /** Something that must hold after the last step. */
    void check(String found, boolean asExpected) {
        surprises += asExpected ? 0 : 1;
        System.out.printf("  %s: %s%n", found, asExpected ? "as expected" : "NOT AS EXPECTED");
    }

    /** Prints all outcomes; true when each was as expected. */
    boolean end() {
        chapter("What was shown (outcome, exit status, claim)");
        outcomes.forEach(System.out::println);
        System.out.printf("%n%d outcomes, %d not as expected%n", outcomes.size(), surprises);
        return surprises == 0;
    }
}
