package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs one command from its arguments to its exit status. Every failure is reported on standard error, and if JSON was requested
 * also as the only document on standard output; an unexpected failure never ends with status 0 or 1.
 */
final class Application {
    /** The environment variable that, with any value, adds the stack trace to a failure. */
    static final String DEBUG = "AIRWORTHY_DEBUG";

    private final CommandEnvironment environment;

    Application(CommandEnvironment environment) {
        this.environment = environment;
    }

    int run(String... arguments) {
        ExitStatus status;
        try {
            status = dispatch(List.of(arguments));
        } catch (InvalidInputException e) {
            status = fail(arguments, ExitStatus.INVALID, e.getMessage(), e);
        } catch (AirworthyException e) {
            status = fail(arguments, ExitStatus.UNDECIDED, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            status = fail(
                    arguments,
                    ExitStatus.INTERRUPTED,
                    "interrupted before the end: the target's tag points where it did before, or at the complete new image",
                    e);
        } catch (OutOfMemoryError e) {
            status = fail(arguments, ExitStatus.UNDECIDED, OutOfMemoryExit.MESSAGE, e);
        } catch (RuntimeException | Error e) {
            // The last line of defence: a bug of ours must not look like an answer.
            String message = "unexpected " + e.getClass().getSimpleName()
                    + ", a fault of airworthy itself; nothing was decided. Set " + DEBUG
                    + "=1, or add --debug, and run it again to see where";
            status = fail(arguments, ExitStatus.UNDECIDED, message, e);
        }
        environment.out().flush();
        environment.err().flush();
        if (environment.out().checkError()) {
            environment.err().println("airworthy: the result could not be written to standard output");
            environment.err().flush();
            return ExitStatus.UNDECIDED.code();
        }
        return status.code();
    }

    private ExitStatus dispatch(List<String> arguments) throws AirworthyException, InterruptedException {
        Call call = Call.of(arguments);
        List<String> words = call.words();
        String first = words.isEmpty() ? "" : words.get(0);
        Optional<CommandList> called = CommandList.find(words);
        if (called.isPresent()) {
            return execute(called.get(), call.options(called.get()));
        }
        if (first.equals("--version")) {
            environment.out().println("airworthy " + Help.version());
        } else if (first.equals("help") || call.asksForHelp()) {
            List<String> about = first.equals("help") ? words.subList(1, words.size()) : words;
            environment.out().print(Help.about(about, PageWidth.of(environment)));
        } else if (CommandList.isGroup(first) && words.contains("--help")) {
            environment.out().print(Help.overview(PageWidth.of(environment)));
        } else if (words.isEmpty()) {
            throw new InvalidInputException("no command given: 'airworthy --help' lists all commands");
        } else {
            throw Help.noSuchCommand(words);
        }
        return ExitStatus.DONE;
    }

    private ExitStatus execute(CommandList entry, List<String> arguments)
            throws AirworthyException, InterruptedException {
        Command command = entry.parse(arguments);
        if (command.help.given()) {
            environment.out().print(entry.help(PageWidth.of(environment)));
            return ExitStatus.DONE;
        }
        Report report;
        try (ConsoleProgress progress = ConsoleProgress.start(environment, command.quiet.given())) {
            report = command.run(command.debug.given() ? environment.debugging() : environment, progress);
        }
        if (command.format() == Format.json) {
            environment.out().println(JsonText.of(report.document()));
        } else {
            TextReport page = new TextReport(environment.colours());
            report.text().accept(page);
            environment.out().println(page);
        }
        return report.status();
    }

    private ExitStatus fail(String[] arguments, ExitStatus status, String message, Throwable cause) {
        environment.err().println("airworthy: " + message);
        if (environment.variable(DEBUG).isPresent() || List.of(arguments).contains("--debug")) {
            cause.printStackTrace(environment.err());
        }
        if (Format.isJson(Arrays.asList(arguments))) {
            environment.out().println(JsonText.of(JsonText.failure(status, message)));
        }
        return status;
    }
}
