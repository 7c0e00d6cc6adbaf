package io.jenkins.plugins.airworthy.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Fills in what the shells' scripts in {@code src/packages/completion} leave open: the names and explanations of commands, options
 * and values. The three shells get the same.
 */
final class Completions {
    private final List<PackagedCommand> commands;

    Completions(List<PackagedCommand> commands) {
        this.commands = commands;
    }

    String bash(String template) {
        return filled(
                template,
                Map.of(
                        "FIRST",
                        String.join(" ", firstWords()),
                        "SECOND",
                        groups().stream()
                                .map(group -> "    " + group + ") echo '"
                                        + secondWords(group, PackagedCommand::secondWord, " ") + "' ;;")
                                .collect(Collectors.joining("\n")),
                        "OPTIONS",
                        lines(command -> "    '" + command.words() + "') echo '"
                                + command.options().stream()
                                        .flatMap(option -> option.names().stream())
                                        .collect(Collectors.joining(" "))
                                + "' ;;"),
                        "VALUES",
                        lines(this::bashValues)));
    }

    private String bashValues(PackagedCommand command) {
        List<String> lines = new ArrayList<>();
        for (Argument option : command.options()) {
            if (option.takesValue()) {
                String pattern = option.names().stream()
                        .map(name -> "'" + command.words() + " " + name + "'")
                        .collect(Collectors.joining(" | "));
                lines.add("    " + pattern + ") "
                        + (option.suggestions().isEmpty()
                                ? ""
                                : "echo '" + String.join(" ", option.suggestions()) + "' ")
                        + ";;");
            }
        }
        return String.join("\n", lines);
    }

    String zsh(String template) {
        return filled(
                template,
                Map.of(
                        "FIRST",
                        firstWords().stream()
                                .map(word -> "    '" + word + ":" + quoted(explained(word)) + "'")
                                .collect(Collectors.joining("\n")),
                        "SECOND",
                        groups().stream()
                                .map(group -> "    (" + group + ") second=("
                                        + secondWords(
                                                group,
                                                command -> "'" + command.secondWord() + ":" + quoted(command.summary())
                                                        + "'",
                                                " ")
                                        + ") ;;")
                                .collect(Collectors.joining("\n")),
                        "ARGUMENTS",
                        lines(Completions::zshArguments)));
    }

    private static String zshArguments(PackagedCommand command) {
        StringBuilder text = new StringBuilder("    ('" + command.words() + "')\n      _arguments -S :");
        for (Argument option : command.options()) {
            String others = option.isRepeatable() ? "*" : "(" + String.join(" ", option.names()) + ")";
            for (String name : option.names()) {
                text.append(" \\\n        '").append(others).append(name);
                text.append(option.takesValue() ? name.startsWith("--") ? "=" : "+" : "");
                text.append('[').append(bracketed(brief(option.description()))).append(']');
                if (option.takesValue()) {
                    text.append(':')
                            .append(quoted(option.label().replace(":", "\\:")))
                            .append(':');
                    text.append(
                            option.suggestions().isEmpty()
                                    ? "{compset -P \"*=\"; _files}"
                                    : "(" + String.join(" ", option.suggestions()) + ")");
                }
                text.append('\'');
            }
        }
        if (!command.arguments().isEmpty()) {
            text.append(" \\\n        '*:")
                    .append(quoted(command.arguments().get(0).label()))
                    .append(":_files'");
        }
        return text.append(" ;;").toString();
    }

    String fish(String template) {
        return filled(
                template,
                Map.of(
                        "TWO",
                        commands.stream()
                                .map(PackagedCommand::words)
                                .filter(words -> words.contains(" "))
                                .map(words -> "'" + words + "'")
                                .collect(Collectors.joining(" ")),
                        "COMMANDS",
                        firstWords().stream()
                                        .map(word -> fishCommand("", word, explained(word))
                                                + "\n"
                                                + fishCommand("help", word, explained(word)))
                                        .collect(Collectors.joining("\n"))
                                + "\n"
                                + groups().stream()
                                        .map(group -> secondWords(
                                                group,
                                                command -> fishCommand(group, command.secondWord(), command.summary()),
                                                "\n"))
                                        .collect(Collectors.joining("\n")),
                        "OPTIONS",
                        lines(Completions::fishOptions)));
    }

    private static String fishCommand(String after, String word, String summary) {
        return "complete -c airworthy -n '" + ("__airworthy_is " + after).strip() + "' -a " + word + " -d '"
                + fishQuoted(summary) + "'";
    }

    private static String fishOptions(PackagedCommand command) {
        String start = "complete -c airworthy -n '__airworthy_is " + command.words() + "'";
        List<String> lines = new ArrayList<>();
        if (!command.arguments().isEmpty()) {
            lines.add(start + " -F");
        }
        for (Argument option : command.options()) {
            StringBuilder line = new StringBuilder(start);
            option.names()
                    .forEach(name -> line.append(
                            name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1)));
            if (!option.suggestions().isEmpty()) {
                line.append(" -x -a '")
                        .append(String.join(" ", option.suggestions()))
                        .append('\'');
            } else if (option.takesValue()) {
                line.append(" -r -F");
            }
            lines.add(line + " -d '" + fishQuoted(brief(option.description())) + "'");
        }
        return String.join("\n", lines);
    }

    private Set<String> firstWords() {
        return commands.stream().map(PackagedCommand::firstWord).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The first words that begin the names of several commands. */
    private List<String> groups() {
        return firstWords().stream()
                .filter(word ->
                        commands.stream().anyMatch(command -> command.words().startsWith(word + " ")))
                .toList();
    }

    private String secondWords(String group, Function<PackagedCommand, String> form, String between) {
        return commands.stream()
                .filter(command -> command.words().startsWith(group + " "))
                .map(form)
                .collect(Collectors.joining(between));
    }

    private String explained(String word) {
        return commands.stream()
                .filter(command -> command.words().equals(word))
                .map(PackagedCommand::summary)
                .findFirst()
                .orElseGet(() -> secondWords(word, PackagedCommand::secondWord, ", "));
    }

    private String lines(Function<PackagedCommand, String> form) {
        return commands.stream().map(form).collect(Collectors.joining("\n"));
    }

    /** The first sentence. */
    private static String brief(String description) {
        int end = description.indexOf(". ");
        return end < 0 ? description.replaceFirst("\\.$", "") : description.substring(0, end);
    }

    private static String quoted(String text) {
        return text.replace("'", "'\\''");
    }

    private static String bracketed(String text) {
        return quoted(text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]"));
    }

    private static String fishQuoted(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }

    private static String filled(String template, Map<String, String> parts) {
        String text = template;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            text = text.replace("@" + part.getKey() + "@", part.getValue());
        }
        return text;
    }
}
