package io.jenkins.plugins.airworthy.cli;

import java.util.Locale;

/** The program {@code airworthy}: runs one command and ends the JVM with its exit status. */
public final class Main {
    /** The status of {@link ExitStatus#UNDECIDED}, written out because loading a class takes memory. */
    private static final int LOST = 3;

    private Main() {}

    public static void main(String[] arguments) {
        try {
            OutOfMemoryExit.watch();
            System.exit(run(arguments));
        } catch (OutOfMemoryError e) {
            OutOfMemoryExit.now();
        } catch (RuntimeException | Error e) {
            // A JVM whose main thread dies ends with 1, which would say that a policy refused.
            Runtime.getRuntime().halt(LOST);
        }
    }

    private static int run(String... arguments) {
        // Jib formats a number in a regular expression with the default locale, and cannot read Arabic digits.
        Locale.setDefault(Locale.ROOT);
        InterruptWatch interruption = InterruptWatch.install(Thread.currentThread());
        int status;
        try {
            status = new Application(CommandEnvironment.ofProcess()).run(arguments);
        } finally {
            interruption.workEnded();
        }
        return status;
    }
}
