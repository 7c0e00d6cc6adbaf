package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The name of a key in a hardware module, as RFC 7512 writes it and cosign reads it:
 * {@code pkcs11:token=…;object=…?module-path=…}. Refuses what does not name one token and one key on it, attributes that
 * nothing would look at, and every form of a PIN: a name is shown and stored, a PIN is not.
 *
 * @param token the token's label
 * @param object the key's label
 * @param id the key's identifier, its bytes in hexadecimal
 * @param module the module's library
 */
public record Pkcs11Uri(
        Optional<String> token,
        Optional<String> manufacturer,
        Optional<String> model,
        Optional<String> serial,
        OptionalLong slot,
        Optional<String> object,
        Optional<String> id,
        Path module) {
    /** What every such name begins with. */
    public static final String SCHEME = "pkcs11:";

    /** How many characters a name may have. */
    public static final int MAX_LENGTH = 4_096;

    public Pkcs11Uri {
        if (token.isEmpty() && serial.isEmpty() && slot.isEmpty()) {
            throw new IllegalArgumentException("no token is named");
        }
        if (object.isEmpty() && id.isEmpty()) {
            throw new IllegalArgumentException("no key is named");
        }
        if (!module.isAbsolute()) {
            throw new IllegalArgumentException("the module's path is not absolute");
        }
    }

    /** Whether a text that may also be a file's name is meant to be one of these. */
    public static boolean isMeant(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Reads a name that says where its module is. */
    public static Pkcs11Uri parse(String text) throws InvalidInputException {
        return parse(text, Optional.empty());
    }

    /**
     * Reads a name that may leave its module out.
     *
     * @param module is the module where the name itself says none
     */
    public static Pkcs11Uri parse(String text, Optional<String> module) throws InvalidInputException {
        return new Pkcs11UriParser(text).parse(module);
    }

    byte[] objectBytes() {
        return object.orElse("").getBytes(StandardCharsets.UTF_8);
    }

    byte[] idBytes() {
        return HexFormat.of().parseHex(id.orElse(""));
    }

    boolean fits(TokenInfo info, long itsSlot) {
        return token.map(info.label()::equals).orElse(true)
                && manufacturer.map(info.manufacturer()::equals).orElse(true)
                && model.map(info.model()::equals).orElse(true)
                && serial.map(info.serial()::equals).orElse(true)
                && (slot.isEmpty() || slot.getAsLong() == itsSlot);
    }

    /** The token, for messages. */
    String tokenName() {
        return token.map(label -> "token '" + label + "'")
                .or(() -> serial.map(number -> "token with serial number '" + number + "'"))
                .orElseGet(() -> "token in slot " + slot.orElse(0));
    }

    /** The key and its token, for messages. */
    @Override
    public String toString() {
        return "key "
                + object.map(label -> "'" + label + "'").orElseGet(() -> "with id " + id.orElse(""))
                + " on the PKCS #11 " + tokenName();
    }
}
