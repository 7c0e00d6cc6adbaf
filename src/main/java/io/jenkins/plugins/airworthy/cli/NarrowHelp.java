package io.jenkins.plugins.airworthy.cli;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The help of a command for a terminal that is too narrow for two columns: descriptions stand below the options. */
final class NarrowHelp {
    private static final String INDENT = "    ";

    private NarrowHelp() {}

    static String of(CommandSpec spec, int width) {
        StringBuilder text = new StringBuilder("Usage: ").append(spec.name()).append(" [OPTIONS]");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            text.append(' ').append(parameter.paramLabel());
        }
        text.append("\n\n")
                .append(String.join(" ", spec.usageMessage().description()))
                .append("\n\n");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            describe(text, parameter.paramLabel(), parameter);
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
                describe(text, String.join(", ", option.names()) + value, option);
            }
        }
        text.append("\nExamples:\n");
        for (String line : spec.usageMessage().footer()) {
            text.append(line).append('\n');
        }
        return PageWidth.wrap(text.toString(), width);
    }

    private static void describe(StringBuilder text, String name, ArgSpec argument) {
        text.append(name).append('\n');
        text.append(INDENT).append(String.join(" ", argument.description())).append('\n');
    }
}
