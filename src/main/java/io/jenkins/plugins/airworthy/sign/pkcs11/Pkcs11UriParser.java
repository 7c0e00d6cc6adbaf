package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Parses PKCS #11 URIs. Errors never quote a value, since it may be a PIN. */
final class Pkcs11UriParser {
    private static final Set<String> IN_PATH =
            Set.of("token", "manufacturer", "model", "serial", "slot-id", "object", "id", "type");
    private static final Set<String> IN_QUERY = Set.of("module-path");
    private static final Set<String> PINS = Set.of("pin-value", "pin-source");

    private static final int MAX_LABEL_BYTES = 32; // CK_TOKEN_INFO's longest text
    private static final int MAX_SERIAL_BYTES = 16;
    private static final int MAX_OBJECT_BYTES = 255;
    private static final int MAX_ID_BYTES = 64;
    private static final int MAX_PATH_BYTES = 1_024;
    private static final int MAX_SLOT_DIGITS = 18;

    private static final String UNRESERVED_MARKS = "-._~";
    private static final String PATH_MARKS = UNRESERVED_MARKS + ":[]@!$'()*+,=&";
    private static final String QUERY_MARKS = UNRESERVED_MARKS + ":[]@!$'()*+,=/?|";

    private final String text;
    private final Map<String, byte[]> attributes = new HashMap<>();

    Pkcs11UriParser(String text) {
        this.text = text;
    }

    Pkcs11Uri parse(Optional<String> defaultModule) throws InvalidInputException {
        if (!text.startsWith(Pkcs11Uri.SCHEME) || text.length() > Pkcs11Uri.MAX_LENGTH) {
            throw new InvalidInputException("the name of a key in a hardware module begins with '" + Pkcs11Uri.SCHEME
                    + "' and has at most " + Pkcs11Uri.MAX_LENGTH + " characters");
        }
        String rest = text.substring(Pkcs11Uri.SCHEME.length());
        int question = rest.indexOf('?');
        split(question < 0 ? rest : rest.substring(0, question), ";", IN_PATH, PATH_MARKS);
        if (question >= 0) {
            split(rest.substring(question + 1), "&", IN_QUERY, QUERY_MARKS);
        }
        if (!attributes.containsKey("token")
                && !attributes.containsKey("serial")
                && !attributes.containsKey("slot-id")) {
            throw bad("names no token: add token=LABEL, serial=NUMBER or slot-id=NUMBER");
        }
        if (!attributes.containsKey("object") && !attributes.containsKey("id")) {
            throw bad("names no key: add object=LABEL, or id=%01 with the bytes of its identifier");
        }
        if (attributes.containsKey("type") && !value("type", MAX_LABEL_BYTES).equals(Optional.of("private"))) {
            throw bad("asks for a type that cannot sign: only type=private can");
        }
        return new Pkcs11Uri(
                value("token", MAX_LABEL_BYTES),
                value("manufacturer", MAX_LABEL_BYTES),
                value("model", MAX_LABEL_BYTES),
                value("serial", MAX_SERIAL_BYTES),
                slot(),
                value("object", MAX_OBJECT_BYTES),
                id(),
                module(defaultModule));
    }

    private void split(String part, String separator, Set<String> allowed, String marks) throws InvalidInputException {
        for (String attribute : part.split(separator, -1)) {
            int equals = attribute.indexOf('=');
            String name = equals < 0 ? attribute : attribute.substring(0, equals);
            if (PINS.contains(name)) {
                throw bad("contains '" + name
                        + "': a name must not contain a PIN, since others can see it. Remove it, and set"
                        + " AIRWORTHY_PKCS11_PIN, type it when asked, or, in Jenkins, choose a credential");
            }
            if (equals < 0 || !allowed.contains(name)) {
                throw bad(
                        "has an unknown attribute. Known are token, manufacturer, model, serial, slot-id, object, id and"
                                + " type=private, separated by ';', and, after '?', module-path");
            }
            if (attributes.put(name, decode(name, attribute.substring(equals + 1), marks)) != null) {
                throw bad("says '" + name + "' twice");
            }
        }
    }

    private byte[] decode(String name, String value, String marks) throws InvalidInputException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%'
                    && i + 2 < value.length()
                    && HexFormat.isHexDigit(value.charAt(i + 1))
                    && HexFormat.isHexDigit(value.charAt(i + 2))) {
                bytes.write(HexFormat.fromHexDigits(value, i + 1, i + 3));
                i += 2;
            } else if (isPlain(c) || marks.indexOf(c) >= 0) {
                bytes.write(c);
            } else {
                throw bad("has a character in '" + name + "' that must be written as %XX");
            }
        }
        if (bytes.size() == 0) {
            throw bad("has no value for '" + name + "'");
        }
        return bytes.toByteArray();
    }

    private Optional<String> value(String name, int maxBytes) throws InvalidInputException {
        byte[] bytes = attributes.get(name);
        if (bytes == null) {
            return Optional.empty();
        }
        if (bytes.length > maxBytes) {
            throw bad("has more than " + maxBytes + " bytes for '" + name + "'");
        }
        try {
            String value = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (value.codePoints().noneMatch(Character::isISOControl)) {
                return Optional.of(value);
            }
        } catch (CharacterCodingException e) {
            throw bad("has bytes in '" + name + "' that are not UTF-8");
        }
        throw bad("has control characters in '" + name + "'");
    }

    private Optional<String> id() throws InvalidInputException {
        byte[] bytes = attributes.get("id");
        if (bytes != null && bytes.length > MAX_ID_BYTES) {
            throw bad("has more than " + MAX_ID_BYTES + " bytes for 'id'");
        }
        return Optional.ofNullable(bytes).map(HexFormat.of()::formatHex);
    }

    private OptionalLong slot() throws InvalidInputException {
        Optional<String> digits = value("slot-id", MAX_SLOT_DIGITS);
        if (digits.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!digits.get().chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw bad("needs a decimal number for 'slot-id'");
        }
        return OptionalLong.of(Long.parseLong(digits.get()));
    }

    private Path module(Optional<String> defaultModule) throws InvalidInputException {
        Optional<String> named = value("module-path", MAX_PATH_BYTES).or(() -> defaultModule);
        if (named.isEmpty()) {
            throw bad("does not say where the module's library is: add ?module-path=/absolute/path/to/library.so");
        }
        try {
            Path path = Path.of(named.get());
            if (path.isAbsolute() && path.normalize().equals(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw bad("has a module path that is not a file name");
        }
        throw bad("needs an absolute module path without '.' and '..'");
    }

    private static InvalidInputException bad(String problem) {
        return new InvalidInputException("the PKCS #11 name of the key " + problem);
    }

    private static boolean isPlain(char c) {
        return HexFormat.isHexDigit(c) || (c >= 'G' && c <= 'Z') || (c >= 'g' && c <= 'z');
    }
}
