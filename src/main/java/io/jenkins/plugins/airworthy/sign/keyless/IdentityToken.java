package io.jenkins.plugins.airworthy.sign.keyless;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * An identity provider's word about who runs this: a signed JSON web token (RFC 7519). A secret while it is valid, so it
 * shows itself to nobody. Whether it is true only the certificate authority decides; here it is read to know what to prove
 * possession with. Refuses what is no such token, and one that has expired.
 */
public final class IdentityToken {
    /** How many characters a token may have. */
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
     * @param where it came from, for errors
     */
    public static IdentityToken parse(String text, String where, Instant now) throws InvalidInputException {
        String token = text.strip();
        List<String> parts = List.of(token.split("\\.", -1));
        if (token.length() > MAX_LENGTH || parts.size() != PARTS) {
            throw new InvalidInputException(where + ": is no identity token (a JSON web token has three parts)");
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
            throw new InvalidInputException(where + ": is no identity token: its claims are not base64", e);
        }
    }

    /** The token itself; only ever sent to the certificate authority. */
    String secret() {
        return text;
    }

    /** What a signature of proves that the key is in the hands of whoever the token names. */
    public String challenge() {
        return challenge;
    }

    @Override
    public String toString() {
        return "identity token of " + challenge;
    }
}
