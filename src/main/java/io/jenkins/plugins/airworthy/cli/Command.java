package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One command: what it can be called with, and running it answers with a report. */
abstract class Command extends Options {
    /** The state of a tag when the work on it was stopped. */
    static final String OF_A_TAG = "the target's tag points where it did before, or at the complete new image";

    private final Argument format;
    private final Optional<Argument> output;
    private final Argument timeout;
    final Argument quiet;
    final Argument debug;
    final Argument help;

    /** A command whose report has the two formats that every report has. */
    Command() {
        this(Format.EVERYWHERE, true);
    }

    /** A command whose report also has formats that other programs read. */
    Command(String formats) {
        this(formats, true);
    }

    /**
     * The option {@code --output} names where what a command makes goes. For most commands that is the report. The commands that
     * make keys or files of evidence have an option of this name for those, and none for the report.
     */
    Command(boolean reportToFile) {
        this(Format.EVERYWHERE, reportToFile);
    }

    private Command(String formats, boolean reportToFile) {
        format = choice(
                Format.OPTION,
                formats,
                "How to write the result: text for a person (the default), or one JSON document"
                        + switch (formats) {
                            case Format.OF_FINDINGS -> "; or for other programs, SARIF 2.1.0.";
                            case Format.OF_VERDICTS -> "; or for other programs, SARIF 2.1.0 or JUnit's XML.";
                            case Format.OF_TESTS -> "; or for other programs, JUnit's XML.";
                            default -> ".";
                        });
        output = reportToFile
                ? Optional.of(optional(
                                ReportOutput.OPTION,
                                "FILE",
                                "Write the result to this file, not to standard output. An older file is replaced at the end.")
                        .alias("-o"))
                : Optional.empty();
        timeout = optional(
                Timeout.OPTION,
                "TIME",
                "Stop after this time, such as 90s or 10m. What was not decided by then is undecided.");
        quiet = flag("--quiet", "Show no progress.").alias("-q");
        debug = flag(
                "--debug",
                "Tell more on standard error: each request to a registry, and the stack trace of a failure.");
        help = flag("--help", "Show this help.").alias("-h");
    }

    final Format format() {
        return format.given() ? Format.valueOf(format.text()) : Format.text;
    }

    /** The option that names the file of the report; empty where {@code --output} names what the command makes. */
    final Optional<Argument> output() {
        return output;
    }

    /** Whether {@code --output} names a file for the report, and not what the command makes. */
    final boolean writesReportFile() {
        return output.isPresent();
    }

    final Optional<String> reportFile() {
        return output.flatMap(Argument::value);
    }

    /** Whether anything but help was asked for, and what does not change help: progress, format and debugging. */
    final boolean asksForMoreThanHelp() {
        return arguments().stream()
                .filter(argument -> argument != help && argument != quiet && argument != debug && argument != format)
                .anyMatch(argument -> !argument.values().isEmpty());
    }

    final Optional<Duration> timeLimit() throws InvalidInputException {
        return timeout.given() ? Optional.of(Timeout.parse(timeout.text())) : Optional.empty();
    }

    /** What is true of tags and evidence if the work was stopped at any time. */
    String afterStop() {
        return "No tag was moved";
    }

    /** The lines of the examples in its help. */
    abstract List<String> examples();

    abstract Report run(CommandEnvironment environment, Progress progress)
            throws AirworthyException, InterruptedException;
}
