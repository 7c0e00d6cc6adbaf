package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Base64;

/**
 * Decodes canonical Base64 in the standard alphabet with padding
 * (<a href="https://www.rfc-editor.org/rfc/rfc4648#section-4">RFC 4648, section 4</a>). Refuses the URL alphabet, missing padding,
 * line breaks and trailing bits that are not zero (section 3.5), so that the same bytes have only one text.
 */
public final class StrictBase64 {
    private static final int QUANTUM = 4;

    private StrictBase64() {}

    /** Returns the bytes in a member of an object. */
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
                throw json.error(name, "is not base64: the last character contains bits that belong to no byte");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw json.error(name, "is not base64 in the standard alphabet");
        }
    }
}
