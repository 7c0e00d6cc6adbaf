package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;

import java.util.List;

/** One command: what it can be called with, and running it answers with a report. */
abstract class Command extends Options {
    private final Argument format = choice(
            "--format", "text|json", "How to write the result: text for a person (the default), or one JSON document.");

    final Argument quiet = flag("--quiet", "Show no progress.").alias("-q");
    final Argument debug = flag(
            "--debug", "Tell more on standard error: each request to a registry, and the stack trace of a failure.");
    final Argument help = flag("--help", "Show this help.").alias("-h");

    final Format format() {
        return format.given() ? Format.valueOf(format.text()) : Format.text;
    }

    /** The lines of the examples in its help. */
    abstract List<String> examples();

    abstract Report run(CommandEnvironment environment, Progress progress)
            throws AirworthyException, InterruptedException;
}
