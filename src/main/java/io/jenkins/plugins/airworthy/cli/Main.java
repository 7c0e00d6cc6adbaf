package io.jenkins.plugins.airworthy.cli;

/** The program {@code airworthy}: runs one command and ends the JVM with its exit status. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Interruption interruption = Interruption.install(Thread.currentThread());
        int status;
        try {
            status = new Application(Surroundings.ofProcess()).run(arguments);
        } finally {
            interruption.workEnded();
        }
        System.exit(status);
    }
}
