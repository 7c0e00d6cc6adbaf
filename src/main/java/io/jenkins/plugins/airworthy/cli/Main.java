package io.jenkins.plugins.airworthy.cli;

import java.util.Locale;

/** The program {@code airworthy}: runs one command and ends the JVM with its exit status. */
public final class Main {
    /**
     * How many bytes the platform's HTTP client reads at once. Its own 16 KiB cost a large layer half as much time again;
     * a value that the user sets stays.
     */
    private static final String HTTP_BUFFER_BYTES = Integer.toString(256 * 1024);

    /** The status of {@link ExitStatus#UNDECIDED}, written out because loading a class takes memory. */
    private static final int LOST = 3;

    private Main() {}

    public static void main(String[] arguments) {
        try {
            MemoryEnd.watch();
            System.exit(run(arguments));
        } catch (OutOfMemoryError e) {
            MemoryEnd.now();
        } catch (RuntimeException | Error e) {
            // A JVM whose main thread dies ends with 1, which would say that a policy refused.
            Runtime.getRuntime().halt(LOST);
        }
    }

    private static int run(String... arguments) {
        if (System.getProperty("jdk.httpclient.bufsize") == null) {
            System.setProperty("jdk.httpclient.bufsize", HTTP_BUFFER_BYTES);
        }
        // Jib writes a number into a regular expression in the digits of the default locale, and cannot read Arabic
        // ones.
        Locale.setDefault(Locale.ROOT);
        Interruption interruption = Interruption.install(Thread.currentThread());
        int status;
        try {
            status = new Application(Surroundings.ofProcess()).run(arguments);
        } finally {
            interruption.workEnded();
        }
        endHttpClients();
        return status;
    }

    /**
     * Wakes the threads that wait for connections: an ending JVM gives each sleeper in native code 0.3 s to come back, and
     * before Java 21 an HTTP client cannot be closed.
     */
    private static void endHttpClients() {
        Thread[] threads = new Thread[Thread.activeCount()];
        int count = Thread.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (threads[i].getName().startsWith("HttpClient-")) {
                threads[i].interrupt();
            }
        }
    }
}
