package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

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

    private final CommandEnvironment surroundings;

    Application(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    int run(String... arguments) {
        ExitStatus status;
        try {
            status = dispatch(List.of(arguments));
        } catch (ParameterException e) {
            String help = "; '" + e.getCommandLine().getCommandName() + " --help' shows how to call it";
            String message = AirworthyException.oneLine(e.getMessage()) + Help.meant(e, List.of(arguments)) + help;
            status = fail(arguments, ExitStatus.INVALID, message, e);
        } catch (InvalidInputException e) {
            status = fail(arguments, ExitStatus.INVALID, e.getMessage(), e);
        } catch (AirworthyException e) {
            status = fail(arguments, ExitStatus.UNDECIDED, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            status = fail(
                    arguments,
                    ExitStatus.UNDECIDED,
                    "interrupted before the end: the target's tag points where it did before, or at the complete new image",
                    e);
        } catch (OutOfMemoryError e) {
            status = fail(arguments, ExitStatus.UNDECIDED, MemoryEnd.MESSAGE, e);
        } catch (RuntimeException | Error e) {
            // The last line of defence: a bug of ours must not look like an answer.
            String message = "unexpected " + e.getClass().getSimpleName()
                    + ", a fault of airworthy itself; nothing was decided. Set " + DEBUG
                    + "=1, or add --debug, and run it again to see where";
            status = fail(arguments, ExitStatus.UNDECIDED, message, e);
        }
        surroundings.out().flush();
        surroundings.err().flush();
        if (surroundings.out().checkError()) {
            surroundings.err().println("airworthy: the result could not be written to standard output");
            surroundings.err().flush();
            return ExitStatus.UNDECIDED.code();
        }
        return status.code();
    }

    private ExitStatus dispatch(List<String> arguments) throws AirworthyException, InterruptedException {
        Call call = Call.of(arguments);
        List<String> words = call.words();
        String first = words.isEmpty() ? "" : words.get(0);
        Optional<Catalogue> called = Catalogue.find(words);
        if (called.isPresent()) {
            return execute(called.get(), call.options(called.get()));
        }
        if (first.equals("--version")) {
            surroundings.out().println("airworthy " + Help.version());
        } else if (first.equals("help") || call.asksForHelp()) {
            List<String> about = first.equals("help") ? words.subList(1, words.size()) : words;
            surroundings.out().print(Help.about(about, PageWidth.of(surroundings)));
        } else if (Catalogue.isGroup(first) && words.contains("--help")) {
            surroundings.out().print(Help.overview(PageWidth.of(surroundings)));
        } else if (words.isEmpty()) {
            throw new InvalidInputException("no command given: 'airworthy --help' lists all commands");
        } else {
            throw Help.noSuchCommand(words);
        }
        return ExitStatus.DONE;
    }

    private ExitStatus execute(Catalogue entry, List<String> arguments)
            throws AirworthyException, InterruptedException {
        CommandLine parser = entry.parser(PageWidth.of(surroundings));
        parser.parseArgs(arguments.toArray(String[]::new));
        if (parser.isUsageHelpRequested()) {
            surroundings.out().print(Help.of(parser, PageWidth.of(surroundings)));
            return ExitStatus.DONE;
        }
        Command command = parser.getCommand();
        Report report;
        try (ConsoleProgress progress = ConsoleProgress.start(surroundings, command.quiet)) {
            report = command.run(command.debug ? surroundings.debugging() : surroundings, progress);
        }
        if (command.format == Format.json) {
            surroundings.out().println(JsonText.of(report.document()));
        } else {
            TextReport page = new TextReport(surroundings.colours());
            report.text().accept(page);
            surroundings.out().println(page);
        }
        return report.status();
    }

    private ExitStatus fail(String[] arguments, ExitStatus status, String message, Throwable cause) {
        surroundings.err().println("airworthy: " + message);
        if (surroundings.environment(DEBUG).isPresent() || List.of(arguments).contains("--debug")) {
            cause.printStackTrace(surroundings.err());
        }
        if (Format.isJson(Arrays.asList(arguments))) {
            surroundings.out().println(JsonText.of(JsonText.failure(status, message)));
        }
        return status;
    }
}
