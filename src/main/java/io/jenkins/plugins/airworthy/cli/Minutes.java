package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.time.Duration;
import java.util.Optional;

/** The option {@code --minutes}: how long something may take. */
final class Minutes {
    static final String OPTION = "--minutes";

    private Minutes() {}

    static Duration of(Optional<Integer> asked, Duration usual, Duration most) throws InvalidInputException {
        long minutes = asked.isPresent() ? asked.get() : usual.toMinutes();
        if (minutes < 1 || minutes > most.toMinutes()) {
            throw new InvalidInputException(OPTION + ": expected 1 to " + most.toMinutes() + ", not " + minutes);
        }
        return Duration.ofMinutes(minutes);
    }
}
