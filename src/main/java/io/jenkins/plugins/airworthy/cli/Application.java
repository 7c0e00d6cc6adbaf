package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.TimeLimit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs one command from its arguments to its exit status. Every failure is reported on standard error, and if a format for programs
 * was requested also as the only document on standard output or in the file of the report; an unexpected failure never ends with
 * status 0 or 1.
 */
final class Application {
    /** The environment variable that, with any value, adds the stack trace to a failure. */
    static final String DEBUG = "AIRWORTHY_DEBUG";

    private final CommandEnvironment environment;

    Application(CommandEnvironment environment) {
        this.environment = environment;
    }

    int run(String... arguments) {
        Answer answer = new Answer(environment, List.of(arguments));
        ExitStatus status;
        try {
            status = dispatch(List.of(arguments), answer);
        } catch (InvalidInputException e) {
            status = fail(answer, ExitStatus.INVALID, e.getMessage(), e);
        } catch (AirworthyException e) {
            status = fail(answer, ExitStatus.UNDECIDED, e.getMessage(), e);
        } catch (InterruptedException e) {
            status = fail(answer, ExitStatus.INTERRUPTED, "interrupted before the end" + answer.afterStop(), e);
            Thread.currentThread().interrupt(); // afterwards: an interrupted thread could write no file
        } catch (OutOfMemoryError e) {
            status = fail(answer, ExitStatus.UNDECIDED, OutOfMemoryExit.MESSAGE, e);
        } catch (RuntimeException | Error e) {
            // The last line of defence: a bug of ours must not look like an answer.
            String message = "unexpected " + e.getClass().getSimpleName()
                    + ", a fault of airworthy itself; nothing was decided. Set " + DEBUG
                    + "=1, or add --debug, and run it again to see where";
            status = fail(answer, ExitStatus.UNDECIDED, message, e);
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

    private ExitStatus dispatch(List<String> arguments, Answer answer) throws AirworthyException, InterruptedException {
        Call call = Call.of(arguments);
        List<String> words = call.words();
        String first = words.isEmpty() ? "" : words.get(0);
        Optional<CommandList> called = CommandList.find(words);
        if (called.isPresent()) {
            Help.refuseMistyped(called.get(), words);
            Command command = called.get().command();
            ArgumentParser read = ArgumentParser.read(command, call.options(called.get()));
            answer.isOf(command, read.strays());
            call.requireFit();
            called.get().requireFit(command, read);
            return execute(called.get(), command, answer);
        }
        call.requireFit();
        if (Call.VERSION.contains(first) && words.size() > 1) {
            throw new InvalidInputException(
                    first + " stands beside other arguments, so nothing was decided: leave one of them out");
        }
        if (Call.VERSION.contains(first)) {
            environment.out().println("airworthy " + Help.version());
        } else if (first.equals("help") || call.asksForHelp()) {
            List<String> about = first.equals("help") ? words.subList(1, words.size()) : words;
            environment.out().print(Help.about(about, PageWidth.of(environment)));
        } else if (CommandList.isGroup(first) && words.size() == 2 && Call.HELP.contains(words.get(1))) {
            environment.out().print(Help.overview(PageWidth.of(environment)));
        } else if (words.isEmpty()) {
            throw new InvalidInputException("no command given: 'airworthy --help' lists all commands");
        } else {
            throw Help.noSuchCommand(words);
        }
        return ExitStatus.DONE;
    }

    private ExitStatus execute(CommandList entry, Command command, Answer answer)
            throws AirworthyException, InterruptedException {
        if (command.help.given()) {
            environment.out().print(entry.help(PageWidth.of(environment)));
            return ExitStatus.DONE;
        }
        Optional<Duration> limit = command.timeLimit();
        Optional<String> file = command.reportFile();
        if (file.isEmpty()) {
            Report report = report(entry, command, limit);
            environment.out().println(report.in(command.format(), environment.colours()));
            return report.status();
        }
        try (ReportOutput output = answer.open(command, file.get())) {
            Report report = report(entry, command, limit);
            output.write(report.in(command.format(), false));
            return report.status();
        }
    }

    private Report report(CommandList entry, Command command, Optional<Duration> limit)
            throws AirworthyException, InterruptedException {
        try (ConsoleProgress progress = ConsoleProgress.start(environment, command.quiet.given())) {
            TimeLimit.Work<Report> work =
                    () -> command.run(command.debug.given() ? environment.debugging() : environment, progress);
            return limit.isEmpty()
                    ? work.run()
                    : TimeLimit.within(
                            limit.get(),
                            "'airworthy " + entry.words() + "'",
                            Timeout.OPTION,
                            () -> ". It was at: " + environment.work() + ". " + command.afterStop(),
                            work);
        }
    }

    private ExitStatus fail(Answer answer, ExitStatus status, String message, Throwable cause) {
        environment.err().println("airworthy: " + message);
        if (environment.variable(DEBUG).isPresent() || answer.isDebugging()) {
            cause.printStackTrace(environment.err());
        }
        answer.failed(status, message);
        return status;
    }
}
