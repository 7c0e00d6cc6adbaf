package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a run answers and in which format, as far as its arguments could be read. A run that fails answers there too, so that no
 * older report that passed is taken for its own.
 */
final class Answer {
    private final CommandEnvironment environment;
    private final List<String> arguments;
    private Optional<Command> command = Optional.empty();
    private List<String> strays = List.of();

    Answer(CommandEnvironment environment, List<String> arguments) {
        this.environment = environment;
        this.arguments = List.copyOf(arguments);
    }

    /** From now on it is known which command was called, and with what; not yet whether all of that fits. */
    void isOf(Command called, List<String> misfits) {
        command = Optional.of(called);
        strays = misfits;
    }

    /** The file for the report of a command; it must not be one that the same run reads. */
    ReportOutput open(Command called, String file) throws AirworthyException, InterruptedException {
        return ReportOutput.open(file, OtherArguments.of(called, strays, environment));
    }

    boolean isDebugging() {
        return arguments.contains("--debug");
    }

    /** What is true after a run that was stopped, in the words of its command. */
    String afterStop() {
        return command.map(called -> ". " + called.afterStop()).orElse("");
    }

    /** What a failure tells stands in the place of the report, in its format; standard error has it already. */
    void failed(ExitStatus status, String message) {
        Format format = command.map(Command::format).orElseGet(() -> Format.asked(arguments));
        String text = format.failure(status, message);
        if (!replaced(text, message) && format != Format.text) {
            environment.out().println(text);
        }
    }

    private boolean replaced(String text, String message) {
        if (command.isEmpty() || command.get().output().isEmpty()) {
            return false;
        }
        Set<String> files = new LinkedHashSet<>(command.get().output().get().values());
        boolean replaced = !files.isEmpty();
        for (String file : files) {
            try (ReportOutput output = open(command.get(), file)) {
                output.write(text);
            } catch (AirworthyException e) {
                replaced = false;
                if (!e.getMessage().equals(message)) {
                    environment.err().println("airworthy: " + e.getMessage());
                }
            } catch (InterruptedException e) {
                replaced = false;
                Thread.currentThread().interrupt();
            }
        }
        return replaced;
    }
}
