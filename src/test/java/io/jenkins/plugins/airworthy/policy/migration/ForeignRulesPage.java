package io.jenkins.plugins.airworthy.policy.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The part of a page that lists the rules of another engine: a table for each group, and below it the lines that do not fit into one. */
final class ForeignRulesPage {
    static final String HEADING = "## Rule by rule\n";
    static final String END = "\n[All documentation]";
    private static final int LONGEST_IN_A_TABLE = 110;

    private ForeignRulesPage() {}

    static String of(List<ForeignRule> rules) throws IOException {
        StringBuilder text = new StringBuilder(HEADING).append('\n').append(summary(rules));
        Map<String, List<ForeignRule>> groups = new LinkedHashMap<>();
        rules.forEach(rule ->
                groups.computeIfAbsent(rule.group(), group -> new ArrayList<>()).add(rule));
        for (Map.Entry<String, List<ForeignRule>> group : groups.entrySet()) {
            text.append("\n### ").append(group.getKey()).append("\n\n| there | here |\n|---|---|\n");
            StringBuilder below = new StringBuilder();
            for (ForeignRule rule : group.getValue()) {
                text.append("| `")
                        .append(rule.name())
                        .append("` | ")
                        .append(here(rule))
                        .append(" |\n");
                if (rule.isLine() && !fitsIntoATable(rule)) {
                    below.append("# ")
                            .append(rule.name())
                            .append('\n')
                            .append(rule.line())
                            .append('\n');
                }
            }
            if (!below.isEmpty()) {
                text.append("\n```yaml\n").append(below).append("```\n");
            }
        }
        return text.toString();
    }

    private static String summary(List<ForeignRule> rules) {
        long lines = rules.stream().filter(ForeignRule::isLine).count();
        long not = rules.stream().filter(rule -> rule.not().isPresent()).count();
        return "Of " + rules.size() + " rules " + lines + " are a line of policy, " + (rules.size() - lines - not)
                + " are always checked, and " + not + " cannot be expressed.\n";
    }

    private static String here(ForeignRule rule) throws IOException {
        String says = rule.says().map(words -> "; " + words).orElse("");
        if (rule.not().isPresent()) {
            return "not expressible: " + rule.not().get();
        }
        if (rule.test().isPresent()) {
            return "always checked: " + rule.says().orElseThrow() + " ("
                    + link(rule.test().get()) + ")";
        }
        if (rule.empty().isPresent()) {
            return "always checked: " + rule.says().orElseThrow();
        }
        return (fitsIntoATable(rule) ? code(rule.line().replaceFirst("^- ", "")) : "below") + says;
    }

    private static boolean fitsIntoATable(ForeignRule rule) {
        return !rule.line().contains("\n") && rule.line().length() <= LONGEST_IN_A_TABLE;
    }

    /** A bar ends a cell, also in code. */
    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    private static String link(String test) throws IOException {
        String name = test.substring(0, test.indexOf('#'));
        return "[`" + name + "`](../" + source(name) + ")";
    }

    /** The file of a test class. */
    static Path source(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.filter(file -> file.endsWith(name + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no test " + name));
        }
    }
}
