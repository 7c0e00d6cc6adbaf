package io.jenkins.plugins.airworthy.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** What an input broke, and where the input came from: a number, or a file of the corpus. */
final class Finding {
    private static final int SHOWN_BYTES = 300;
    private static final int SHOWN_CHARACTERS = 2_000;
    private static final String OURS = "io.jenkins.plugins.airworthy.";

    private final Target target;
    private final String origin;
    private final byte[] input;
    private final String problem;
    private final Optional<Throwable> cause;

    Finding(Target target, String origin, byte[] input, String problem, Optional<Throwable> cause) {
        this.target = target;
        this.origin = origin;
        this.input = input.clone();
        this.problem = problem;
        this.cause = cause;
    }

    Target target() {
        return target;
    }

    byte[] input() {
        return input.clone();
    }

    Optional<Throwable> cause() {
        return cause;
    }

    /** The same for two inputs that break the same thing. */
    String kind() {
        String where = cause.stream()
                .flatMap(thrown -> Arrays.stream(thrown.getStackTrace()))
                .filter(frame -> frame.getClassName().startsWith(OURS)
                        && !frame.getClassName().startsWith(OURS + "fuzz."))
                .findFirst()
                .map(frame -> " at " + frame)
                .orElse("");
        String what = cause.map(thrown -> thrown.getClass().getName()).orElse(problem.split(":", 2)[0]);
        boolean claim = cause.filter(AssertionError.class::isInstance).isPresent();
        return what + where + (claim ? problem.split("[:\n]", 2)[0] : "");
    }

    /** The file name under which the input is kept: what broke, and which bytes broke it. */
    String fileName() {
        return cause.map(thrown -> thrown.getClass().getSimpleName()).orElse("input") + "-"
                + HexFormat.of().toHexDigits(Arrays.hashCode(input));
    }

    String text() {
        StringBuilder shown = new StringBuilder();
        new String(Bytes.range(input, 0, SHOWN_BYTES), StandardCharsets.ISO_8859_1)
                .chars()
                .forEach(c -> shown.append(
                        c < ' ' || c > '~' ? String.format(Locale.ROOT, "\\x%02x", c) : Character.toString(c)));
        return target + " " + origin + " (" + input.length + " bytes): " + Bytes.shortened(problem, SHOWN_CHARACTERS)
                + "\n  input: " + shown;
    }
}
