package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.key.PasswordSource;

import java.util.Optional;

/**
 * Takes the PIN of a hardware module from the environment, or asks a person; never from an argument or from the key's
 * name, which others can see. A typed PIN is kept for the other signatures of the same command.
 */
final class HardwarePins implements PasswordSource {
    static final String VARIABLE = "AIRWORTHY_PKCS11_PIN";

    private static final String COSIGN_VARIABLE = "COSIGN_PKCS11_PIN";

    private final CommandEnvironment environment;
    private char[] typed = {};

    HardwarePins(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public char[] password(String what) throws InvalidInputException {
        Optional<String> set = environment.firstOf(VARIABLE, COSIGN_VARIABLE);
        if (set.isPresent()) {
            return set.get().toCharArray();
        }
        if (typed.length == 0) {
            typed = environment
                    .keyboard()
                    .ask("PIN for " + what + ": ")
                    .orElseThrow(() -> new InvalidInputException("the " + what
                            + " needs its PIN: set the environment variable " + VARIABLE + ", or run at a terminal"));
        }
        return typed.clone();
    }
}
