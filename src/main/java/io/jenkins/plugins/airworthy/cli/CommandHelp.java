package io.jenkins.plugins.airworthy.cli;

import java.util.List;

/** The help of one command: descriptions beside the options, or below them if the terminal is narrow. */
final class CommandHelp {
    /** What is narrower has no room for a second column. */
    private static final int LEAST_OF_COLUMNS = 55;

    /** Where descriptions begin. */
    private static final int COLUMN = 28;

    private static final int LEAST_GAP = 2;

    private static final String NO_LETTER = "    ";

    private CommandHelp() {}

    /** @param call the program and the words of the command */
    static String of(String call, String summary, Command command, int width) {
        StringBuilder text = new StringBuilder("Usage: ").append(call).append(" [OPTIONS]");
        List<Argument> shown = command.arguments().stream()
                .filter(argument -> !argument.isHidden())
                .toList();
        List<Argument> parameters = shown.stream().filter(Argument::isParameter).toList();
        List<Argument> options =
                shown.stream().filter(argument -> !argument.isParameter()).toList();
        options.stream().filter(Argument::isRequired).forEach(option -> text.append(' ')
                .append(written(option)));
        parameters.forEach(parameter -> text.append(' ').append(written(parameter)));
        text.append("\n\n").append(summary).append("\n\n");
        for (Argument parameter : parameters) {
            describe(text, written(parameter), parameter, width);
        }
        if (!parameters.isEmpty()) {
            text.append('\n');
        }
        for (Argument option : options) {
            String letter = option.names().size() > 1 ? option.names().get(0) + ", " : NO_LETTER;
            describe(text, letter + written(option), option, width);
        }
        text.append("\nExamples:\n");
        command.examples().forEach(line -> text.append(line).append('\n'));
        return PageWidth.wrap(text.toString(), width);
    }

    private static String written(Argument argument) {
        if (argument.isParameter()) {
            return argument.isRepeatable() ? argument.label() + "..." : argument.label();
        }
        return argument.takesValue() ? argument.name() + "=" + argument.label() : argument.name();
    }

    private static void describe(StringBuilder text, String name, Argument argument, int width) {
        if (width < LEAST_OF_COLUMNS) {
            text.append(name.strip()).append("\n    ");
        } else {
            String first = "  " + name;
            int gap = COLUMN - first.length();
            text.append(first).append(gap < LEAST_GAP ? "\n" + " ".repeat(COLUMN) : " ".repeat(gap));
        }
        text.append(argument.description()).append('\n');
    }
}
