package io.jenkins.plugins.airworthy.cli;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.Arrays;
import java.util.List;

/**
 * One command as manual pages and completions show it: read from what also parses the arguments and prints the help.
 *
 * @param words what calls it, {@code key generate}
 * @param arguments how its arguments without a name are called
 * @param examples whole lines, with their backslashes
 */
record PackagedCommand(
        String words, String summary, List<Option> options, List<Argument> arguments, List<String> examples) {
    /** @param label empty for an option that takes no value */
    record Option(List<String> names, String label, boolean required, boolean repeatable, String description) {
        boolean takesValue() {
            return !label.isEmpty();
        }

        /** The only values there are, if the label lists them: {@code text|json}. */
        List<String> values() {
            return label.matches("[a-z0-9-]+(\\|[a-z0-9-]+)+") ? List.of(label.split("\\|", -1)) : List.of();
        }
    }

    /** An argument without a name. */
    record Argument(String label, boolean required, boolean repeatable, String description) {}

    static List<PackagedCommand> all() {
        return Arrays.stream(CommandList.values()).map(PackagedCommand::of).toList();
    }

    private static PackagedCommand of(CommandList entry) {
        CommandSpec spec = entry.parser().getCommandSpec();
        return new PackagedCommand(
                entry.words(),
                entry.summary(),
                spec.options().stream()
                        .filter(option -> !option.hidden())
                        .map(PackagedCommand::option)
                        .toList(),
                spec.positionalParameters().stream()
                        .filter(argument -> !argument.hidden())
                        .map(argument -> new Argument(
                                argument.paramLabel(), argument.required(), argument.isMultiValue(), text(argument)))
                        .toList(),
                List.of(spec.usageMessage().footer()));
    }

    private static Option option(OptionSpec option) {
        String label = option.arity().max() == 0 ? "" : option.paramLabel();
        return new Option(List.of(option.names()), label, option.required(), option.isMultiValue(), text(option));
    }

    private static String text(ArgSpec spec) {
        return String.join(" ", spec.description()).replace("%%", "%").replace("%n", " ");
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
