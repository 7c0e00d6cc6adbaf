package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The URI of a key in a hardware module (<a href="https://www.rfc-editor.org/rfc/rfc7512">RFC 7512</a>), in cosign's form:
 * {@code pkcs11:token=…;object=…?module-path=…}. Refuses a URI that does not identify one token and one key, attributes that
 * would be ignored, and every form of a PIN, since a URI is displayed and stored.
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
    /** The prefix of these URIs. */
    public static final String SCHEME = "pkcs11:";

    /** Maximum length of a URI, in characters. */
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

    /** Whether a text, which may also be a file name, is such a URI. */
    public static boolean isMeant(String text) {
        return text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Parses a URI that contains the path of its module. */
    public static Pkcs11Uri parse(String text) throws InvalidInputException {
        return parse(text, Optional.empty());
    }

    /**
     * Parses a URI that may omit its module.
     *
     * @param module the module if the URI does not contain one
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
