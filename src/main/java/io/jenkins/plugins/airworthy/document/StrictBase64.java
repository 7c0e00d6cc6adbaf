package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Base64;

/**
 * Base64 in the standard alphabet with padding (RFC 4648, section 4). Refuses the alphabet for URLs, missing padding,
 * line breaks and left-over bits that are not zero (section 3.5), so that some bytes have one text.
 */
public final class StrictBase64 {
    private static final int QUANTUM = 4;

    private StrictBase64() {}

    /** The bytes that a member of an object holds. */
    public static byte[] member(JsonObject json, String name) throws InvalidInputException {
        String text = json.string(name);
        if (text.length() % QUANTUM != 0) {
            throw json.error(name, "is not base64: its padding is missing or its length is wrong");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            String last = text.substring(Math.max(0, text.length() - QUANTUM));
            if (!Base64.getEncoder()
                    .encodeToString(Base64.getDecoder().decode(last))
                    .equals(last)) {
                throw json.error(name, "is not base64: the last character holds bits that belong to no byte");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw json.error(name, "is not base64 in the standard alphabet");
        }
    }
}
