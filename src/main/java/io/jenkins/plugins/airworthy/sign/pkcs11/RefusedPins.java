package io.jenkins.plugins.airworthy.sign.pkcs11;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * The PINs that a token refused in this process, so that none is tried twice: a token locks after a few wrong tries, and a
 * server with a wrong PIN in its settings would use them up with its next builds. Contains only MACs of PINs, under a key that
 * exists only in this process. Not thread-safe; guarded by the module's lock.
 */
final class RefusedPins {
    /** Maximum number remembered for a token, which is locked before that. */
    private static final int MAX_REMEMBERED = 100;

    private static final String CODE = "HmacSHA256";

    private final SecretKeySpec secret;
    private final Map<String, Set<String>> byToken = new HashMap<>();
    private final Set<String> counting = new HashSet<>();

    RefusedPins() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        secret = new SecretKeySpec(random, CODE);
    }

    /** Whether the token refused this PIN, and its state shows no login with the right PIN since. */
    boolean contains(TokenInfo token, byte[] pin) {
        if (counting.contains(name(token)) && !token.says(TokenInfo.USER_PIN_COUNT_LOW)) {
            accepted(token);
        }
        return byToken.getOrDefault(name(token), Set.of()).contains(code(pin));
    }

    /** @param after is what the token says after it refused the PIN */
    void add(TokenInfo after, byte[] pin) {
        Set<String> refused = byToken.computeIfAbsent(name(after), token -> new HashSet<>());
        if (refused.size() < MAX_REMEMBERED) {
            refused.add(code(pin));
        }
        if (after.says(TokenInfo.USER_PIN_COUNT_LOW)) {
            counting.add(name(after));
        }
    }

    /** Records that the token accepted a PIN. */
    void accepted(TokenInfo token) {
        byToken.remove(name(token));
        counting.remove(name(token));
    }

    private static String name(TokenInfo token) {
        return token.manufacturer() + '\0' + token.model() + '\0' + token.serial() + '\0' + token.label();
    }

    private String code(byte[] pin) {
        try {
            Mac mac = Mac.getInstance(CODE);
            mac.init(secret);
            mac.update("PIN".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(pin));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + CODE, e);
        }
    }
}
