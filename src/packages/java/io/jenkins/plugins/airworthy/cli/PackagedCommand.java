package io.jenkins.plugins.airworthy.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One command as manual pages and completions show it: read from what also parses the arguments and prints the help.
 *
 * @param words what calls it, {@code key generate}
 * @param arguments how its arguments without a name are called
 * @param examples whole lines, with their backslashes
 */
record PackagedCommand(
        String words, String summary, List<Argument> options, List<Argument> arguments, List<String> examples) {
    static List<PackagedCommand> all() {
        return Arrays.stream(CommandList.values()).map(PackagedCommand::of).toList();
    }

    private static PackagedCommand of(CommandList entry) {
        Command command = entry.command();
        Map<Boolean, List<Argument>> shown = command.arguments().stream()
                .filter(argument -> !argument.isHidden())
                .collect(Collectors.partitioningBy(Argument::isParameter));
        return new PackagedCommand(
                entry.words(), entry.summary(), shown.get(false), shown.get(true), command.examples());
    }

    /** The name of its manual page, which is also a name for a shell's function. */
    String page() {
        return "airworthy-" + words.replace(' ', '-');
    }

    String firstWord() {
        return words.substring(0, words.length() - secondWord().length()).strip();
    }

    /** Empty when one word calls it. */
    String secondWord() {
        int blank = words.indexOf(' ');
        return blank < 0 ? "" : words.substring(blank + 1);
    }
}
