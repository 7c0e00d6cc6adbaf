package io.jenkins.plugins.airworthy.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Detects whether a stream of this process goes to a terminal. If this is unknown, the answer is no. */
final class Terminal {
    static final int STANDARD_INPUT = 0;
    static final int STANDARD_OUTPUT = 1;
    static final int STANDARD_ERROR = 2;

    /** From this version of Java on, {@link System#console()} answers for redirected streams too. */
    private static final int CONSOLE_ALWAYS = 22;

    /** Rows and columns. */
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,5} ([0-9]{1,5})");

    private static final int ANSWER = 64;

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

    /** The width of the terminal of this process, asked of {@code stty}; empty if it does not answer at once. */
    static Optional<Integer> columns() {
        Path terminal = Path.of("/dev/tty");
        Path program = Path.of("/bin/stty");
        if (!Files.isReadable(terminal) || !Files.isExecutable(program)) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder(program.toString(), "size")
                    .redirectInput(terminal.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String answer = new String(process.getInputStream().readNBytes(ANSWER), StandardCharsets.US_ASCII);
            Matcher size = SIZE.matcher(answer.strip());
            return size.matches()
                    ? Optional.of(Integer.parseInt(size.group(1))).filter(columns -> columns > 0)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** A prompt for a person, if this process has a terminal; a typed password is not shown. */
    static Optional<Console> keyboard() {
        boolean answersForRedirected = Runtime.version().feature() >= CONSOLE_ALWAYS;
        return answersForRedirected && !isTerminal(STANDARD_INPUT)
                ? Optional.empty()
                : Optional.ofNullable(System.console());
    }
}
