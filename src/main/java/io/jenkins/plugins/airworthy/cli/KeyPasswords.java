package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.key.PasswordSource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes the password of a key from the environment, or asks a person; never from an argument, which others can see. */
final class KeyPasswords implements PasswordSource {
    static final String VARIABLE = "AIRWORTHY_KEY_PASSWORD";

    /** The environment variable for the password of a written key, if it differs from that of the key that was read. */
    private static final String NEW_VARIABLE = "AIRWORTHY_NEW_KEY_PASSWORD";

    /** The environment variables for a password; the second is cosign's. */
    private static final List<String> VARIABLES = List.of(VARIABLE, "COSIGN_PASSWORD");

    private final CommandEnvironment environment;

    KeyPasswords(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public char[] password(String what) throws InvalidInputException {
        Optional<char[]> fromEnvironment = fromEnvironment();
        if (fromEnvironment.isPresent()) {
            return fromEnvironment.get();
        }
        return ask("Password for " + what + ": ", what);
    }

    /** The password for a new key: a person types it twice. */
    char[] newPassword(String what) throws InvalidInputException {
        Optional<char[]> fromEnvironment =
                environment.variable(NEW_VARIABLE).map(String::toCharArray).or(this::fromEnvironment);
        if (fromEnvironment.isPresent()) {
            return fromEnvironment.get();
        }
        char[] first = ask("New password for " + what + ": ", what);
        char[] second = ask("Repeat the password: ", what);
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, '\0');
        if (!same) {
            Arrays.fill(first, '\0');
            throw new InvalidInputException("the two passwords for " + what + " differ: nothing was written");
        }
        return first;
    }

    private Optional<char[]> fromEnvironment() {
        return VARIABLES.stream()
                .flatMap(name -> environment.variable(name).stream())
                .map(String::toCharArray)
                .findFirst();
    }

    private char[] ask(String question, String what) throws InvalidInputException {
        return environment
                .keyboard()
                .ask(question)
                .orElseThrow(() -> new InvalidInputException(what + " needs a password: set the environment variable "
                        + VARIABLE + ", or run at a terminal"));
    }
}
