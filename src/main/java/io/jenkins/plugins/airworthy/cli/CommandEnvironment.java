package io.jenkins.plugins.airworthy.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The process environment of a command: streams (always UTF-8), variables, clock and password prompt.
 *
 * @param in standard input; read only if an option says so
 * @param colours whether standard output is a terminal that should get colours
 * @param bars whether standard error is a terminal, where a line can be redrawn
 * @param keyboard asks a person for a secret; empty without a terminal
 * @param work what the command is at
 */
record CommandEnvironment(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> variables,
        Clock clock,
        boolean colours,
        boolean bars,
        Keyboard keyboard,
        CurrentWork work) {

    static CommandEnvironment ofProcess() {
        Map<String, String> variables = System.getenv();
        boolean dumb = "dumb".equals(variables.get("TERM"));
        boolean noColour = !variables.getOrDefault("NO_COLOR", "").isEmpty();
        return new CommandEnvironment(
                new FileInputStream(FileDescriptor.in),
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                variables,
                Clock.systemUTC(),
                !noColour && !dumb && Terminal.isTerminal(Terminal.STANDARD_OUTPUT),
                !dumb && Terminal.isTerminal(Terminal.STANDARD_ERROR),
                Keyboard::ofTerminal,
                new CurrentWork());
    }

    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), false, StandardCharsets.UTF_8);
    }

    /** Whether a person would see what is typed on standard input. */
    boolean typesOnTerminal() {
        return in instanceof FileInputStream && Terminal.isTerminal(Terminal.STANDARD_INPUT);
    }

    /** The value of an environment variable, if it is set. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** Whether to tell more on standard error, as {@code --debug} or the variable ask for. */
    boolean isDebugging() {
        return variable(Application.DEBUG).isPresent();
    }

    /** The same process, telling more on standard error. */
    CommandEnvironment debugging() {
        Map<String, String> more = new HashMap<>(variables);
        more.put(Application.DEBUG, "1");
        return new CommandEnvironment(in, out, err, Map.copyOf(more), clock, colours, bars, keyboard, work);
    }

    /** The value of the first set environment variable among these. */
    Optional<String> firstOf(String... names) {
        return Arrays.stream(names).flatMap(name -> variable(name).stream()).findFirst();
    }
}
