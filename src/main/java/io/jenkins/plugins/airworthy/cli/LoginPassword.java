package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The user and the password of a log-in. The password comes from standard input or from a person at a terminal: never from an
 * argument or a variable, which others can see. Refuses what the form of the files cannot keep.
 */
final class LoginPassword {
    static final String STANDARD_INPUT = "--password-stdin";

    /** Maximum length of a password, in bytes: tokens of clouds have some thousand. */
    static final int MAX_BYTES = 16 * 1024;

    private static final int MAX_USER = 255;

    private LoginPassword() {}

    static Credential.Password of(String user, boolean fromInput, String registry, CommandEnvironment environment)
            throws InvalidInputException, UndecidedException {
        if (user.isBlank() || user.length() > MAX_USER || !user.codePoints().allMatch(LoginPassword::isOfAName)) {
            throw new InvalidInputException("--username: expected 1 to " + MAX_USER
                    + " characters without a colon, a blank or a control character");
        }
        String password = fromInput ? read(environment) : typed(user, registry, environment);
        if (password.isEmpty()) {
            throw new InvalidInputException("the password is empty");
        }
        if (password.indexOf('\0') >= 0) {
            throw new InvalidInputException("the password has a zero byte in it");
        }
        return new Credential.Password(user, password);
    }

    /** The characters {@code <} and {@code >} mark what is no name for credential helpers. */
    private static boolean isOfAName(int c) {
        return c != ':' && c != '<' && c != '>' && !Character.isISOControl(c) && !Character.isWhitespace(c);
    }

    private static String read(CommandEnvironment environment) throws InvalidInputException, UndecidedException {
        if (environment.typesOnTerminal()) {
            throw new InvalidInputException(STANDARD_INPUT + ": standard input is a terminal, which would show the"
                    + " password; leave the option out to be asked for it");
        }
        try {
            byte[] bytes = BoundedRead.whole(environment.in(), MAX_BYTES)
                    .orElseThrow(() -> new InvalidInputException(
                            STANDARD_INPUT + ": more than the allowed " + MAX_BYTES + " bytes"));
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.replaceFirst("\r?\n$", ""); // what echo adds
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(STANDARD_INPUT + ": is not valid UTF-8", e);
        } catch (IOException e) {
            throw new UndecidedException(STANDARD_INPUT + ": standard input could not be read", e);
        }
    }

    private static String typed(String user, String registry, CommandEnvironment environment)
            throws InvalidInputException {
        return environment
                .keyboard()
                .ask("Password of " + user + " at " + registry + ": ")
                .map(String::new)
                .orElseThrow(() -> new InvalidInputException("there is no terminal to ask for the password: write it to"
                        + " standard input and add " + STANDARD_INPUT));
    }
}
