package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The single block of a PEM file (<a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>), with its label and bytes. Text
 * outside the block is skipped, since OpenSSL writes some. Refuses a file with two blocks, since it is unclear which one counts,
 * and the old encryption by headers.
 */
public final class Pem {
    /** Maximum size of a key file, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----");
    /** A block with the curve's name, which OpenSSL writes before a key; the key repeats the name. */
    private static final String SKIPPED = "EC PARAMETERS";

    private final String label;
    private final byte[] der;

    private Pem(String label, byte[] der) {
        this.label = label;
        this.der = der;
    }

    static boolean looksLike(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    public static Pem parse(byte[] content, String what) throws InvalidInputException {
        if (content.length > MAX_BYTES) {
            throw new InvalidInputException(
                    what + ": larger than the " + MAX_BYTES + " bytes that a key file may have");
        }
        Optional<Pem> found = Optional.empty();
        StringBuilder body = new StringBuilder();
        String open = "";
        for (String raw : new String(content, StandardCharsets.ISO_8859_1).split("\r\n|\n|\r", -1)) {
            String line = raw.strip();
            var begin = BEGIN.matcher(line);
            if (begin.matches()) {
                requireClosed(open, what);
                open = begin.group(1);
                body.setLength(0);
            } else if (!open.isEmpty() && line.equals("-----END " + open + "-----")) {
                if (!open.equals(SKIPPED)) {
                    if (found.isPresent()) {
                        throw new InvalidInputException(what + ": contains more than one key or certificate");
                    }
                    found = Optional.of(new Pem(open, decode(body, what)));
                }
                open = "";
            } else if (!open.isEmpty()) {
                body.append(line);
            }
        }
        requireClosed(open, what);
        return found.orElseThrow(() -> new InvalidInputException(what + ": is not a PEM file with a key"));
    }

    private static void requireClosed(String open, String what) throws InvalidInputException {
        if (!open.isEmpty()) {
            throw new InvalidInputException(what + ": damaged: " + open + " has no end line");
        }
    }

    private static byte[] decode(StringBuilder body, String what) throws InvalidInputException {
        if (body.indexOf("Proc-Type:") >= 0) {
            throw new InvalidInputException(
                    what
                            + ": encrypted in OpenSSL's old way, which is weak: convert it with 'openssl pkcs8 -topk8 -v2 aes-256-cbc'");
        }
        try {
            return Base64.getDecoder().decode(body.toString());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(what + ": damaged: not valid base64", e);
        }
    }

    /**
     * Writes a file with this block, in lines of 64 characters.
     *
     * @param label the label of the block, such as {@code PUBLIC KEY}
     */
    public static String write(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    public String label() {
        return label;
    }

    public byte[] der() {
        return der.clone();
    }

    boolean isPrivate() {
        return label.endsWith("PRIVATE KEY");
    }

    /** Overwrites the bytes; best effort, since the virtual machine may have copied them. */
    void wipe() {
        Arrays.fill(der, (byte) 0);
    }
}
