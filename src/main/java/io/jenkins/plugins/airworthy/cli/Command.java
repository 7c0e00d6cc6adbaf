package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import picocli.CommandLine.Option;

/** One command: its options are its fields, and running it answers with a report. */
abstract class Command {
    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How to write the result: text for a person (the default), or one JSON document.")
    Format format = Format.text;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    boolean quiet;

    @Option(
            names = "--debug",
            description = "Tell more on standard error: each request to a registry, and the stack trace of a failure.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    abstract Report run(CommandEnvironment environment, Progress progress)
            throws AirworthyException, InterruptedException;
}
