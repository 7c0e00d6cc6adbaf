package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.policy.rule.Durations;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The option {@code --timeout}: how long a run may take as a whole. Durations are written as in policies, and in seconds too. */
final class Timeout {
    static final String OPTION = "--timeout";

    /** Maximum duration. */
    static final Duration MOST = Duration.ofDays(1);

    private static final Pattern SECONDS = Pattern.compile("([1-9][0-9]{0,4})s");

    private Timeout() {}

    static Duration parse(String text) throws InvalidInputException {
        Matcher seconds = SECONDS.matcher(text);
        Optional<Duration> given = seconds.matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds.group(1))))
                : Durations.parse(text);
        return given.filter(duration -> duration.compareTo(MOST) <= 0)
                .orElseThrow(() -> new InvalidInputException(
                        OPTION + " '" + text + "': expected a time such as 90s, 10m or 2h, of at most one day"));
    }
}
