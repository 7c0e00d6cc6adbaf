package io.jenkins.plugins.airworthy.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Detects whether a stream of this process goes to a terminal. If this is unknown, the answer is no. */
final class Terminal {
    static final int STANDARD_INPUT = 0;
    static final int STANDARD_OUTPUT = 1;
    static final int STANDARD_ERROR = 2;

    /** From this version of Java on, {@link System#console()} answers for redirected streams too. */
    private static final int CONSOLE_ALWAYS = 22;

    private Terminal() {}

    static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            } catch (IOException e) {
                return false;
            }
        }
        return descriptor == STANDARD_OUTPUT
                && Runtime.version().feature() < CONSOLE_ALWAYS
                && Optional.ofNullable(System.console()).isPresent();
    }

    /** A prompt for a person, if this process has a terminal; a typed password is not shown. */
    static Optional<Console> keyboard() {
        boolean answersForRedirected = Runtime.version().feature() >= CONSOLE_ALWAYS;
        return answersForRedirected && !isTerminal(STANDARD_INPUT)
                ? Optional.empty()
                : Optional.ofNullable(System.console());
    }
}
