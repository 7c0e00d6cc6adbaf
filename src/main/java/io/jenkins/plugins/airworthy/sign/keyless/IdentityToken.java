package io.jenkins.plugins.airworthy.sign.keyless;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * An identity token: a JSON web token (<a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>) of an identity provider. It is a
 * secret while it is valid, so it is never printed. Only the certificate authority verifies it; here it is parsed for the subject
 * that the proof of possession signs. Refuses malformed and expired tokens.
 */
public final class IdentityToken {
    /** Maximum length of a token, in characters. */
    public static final int MAX_LENGTH = 16 * 1024;

    private static final int PARTS = 3;

    private final String text;
    private final String challenge;

    private IdentityToken(String text, String challenge) {
        this.text = text;
        this.challenge = challenge;
    }

    /**
     * Reads a token.
     *
     * @param where the token's source, for errors
     */
    public static IdentityToken parse(String text, String where, Instant now) throws InvalidInputException {
        String token = text.strip();
        List<String> parts = List.of(token.split("\\.", -1));
        if (token.length() > MAX_LENGTH || parts.size() != PARTS) {
            throw new InvalidInputException(where + ": is not an identity token (a JSON web token has three parts)");
        }
        JsonObject claims = claims(parts.get(1), where);
        Optional<Long> expiry = claims.optionalCount("exp");
        if (expiry.isPresent() && !now.isBefore(Instant.ofEpochSecond(Math.min(expiry.get(), Integer.MAX_VALUE)))) {
            throw new InvalidInputException(where + ": the identity token expired at "
                    + Instant.ofEpochSecond(Math.min(expiry.get(), Integer.MAX_VALUE)) + ": get a new one");
        }
        Optional<String> email = claims.optionalString("email");
        if (email.isPresent() && !claims.optionalBoolean("email_verified").orElse(false)) {
            throw new InvalidInputException(
                    where + ": the identity token names an e-mail address that the identity provider did not verify");
        }
        return new IdentityToken(token, email.isPresent() ? email.get() : claims.string("sub"));
    }

    private static JsonObject claims(String part, String where) throws InvalidInputException {
        try {
            return StrictJson.parseObject(Base64.getUrlDecoder().decode(part), where + ": claims", MAX_LENGTH);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(where + ": is not an identity token: its claims are not base64", e);
        }
    }

    /** The token itself; sent only to the certificate authority. */
    String secret() {
        return text;
    }

    /** The challenge: a signature of it proves that the token's subject has the key. */
    public String challenge() {
        return challenge;
    }

    @Override
    public String toString() {
        return "identity token of " + challenge;
    }
}
