package io.jenkins.plugins.airworthy.sign.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.document.StrictJson;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * The content of a private key encrypted by cosign: scrypt derives a key from the password, NaCl's secretbox (XSalsa20 and
 * Poly1305) encrypts a PKCS #8 key. Refuses all scrypt parameters but the three that cosign's library uses, since others
 * are weak or exhaust the memory.
 */
public final class CosignKeyBox {
    public static final String LABEL = "ENCRYPTED SIGSTORE PRIVATE KEY";
    static final String OLD_LABEL = "ENCRYPTED COSIGN PRIVATE KEY";

    private static final Set<Long> COSTS = Set.of(1L << 15, 1L << 16, 1L << 17);
    private static final int COST = 1 << 16; // what cosign writes
    private static final int BLOCK_SIZE = 8;
    private static final int PARALLELISM = 1;
    private static final int KEY_BYTES = 32;
    private static final int SALT_BYTES = 32;
    private static final int NONCE_BYTES = 24;
    private static final int TAG_BYTES = 16;
    private static final long HEADROOM_BYTES = 16L * 1024 * 1024;

    private CosignKeyBox() {}

    /** Decrypts the key; the caller overwrites the PKCS #8 bytes after use. */
    static byte[] open(byte[] json, KeyPassword password, String what) throws AirworthyException {
        JsonObject box = StrictJson.parseObject(json, what, Pem.MAX_BYTES);
        box.allowOnly(Set.of("kdf", "cipher", "ciphertext"));
        JsonObject kdf = box.object("kdf");
        requireName(kdf, "scrypt");
        JsonObject parameters = kdf.object("params");
        long cost = parameters.count("N");
        if (!COSTS.contains(cost) || parameters.count("r") != BLOCK_SIZE || parameters.count("p") != PARALLELISM) {
            throw kdf.error("params", "unsupported scrypt parameters");
        }
        JsonObject cipher = box.object("cipher");
        requireName(cipher, "nacl/secretbox");
        byte[] salt = StrictBase64.member(kdf, "salt");
        byte[] nonce = StrictBase64.member(cipher, "nonce");
        byte[] boxed = StrictBase64.member(box, "ciphertext");
        if (salt.length != SALT_BYTES || nonce.length != NONCE_BYTES || boxed.length < TAG_BYTES) {
            throw new InvalidInputException(what + ": damaged: salt, nonce or ciphertext has the wrong length");
        }
        byte[] key = deriveKey(password, salt, (int) cost, what);
        try {
            XSalsa20Engine stream = stream(key, nonce);
            byte[] macKey = apply(stream, new byte[KEY_BYTES]); // the first bytes of the key stream, as in secretbox
            byte[] ciphertext = Arrays.copyOfRange(boxed, TAG_BYTES, boxed.length);
            if (!MessageDigest.isEqual(tag(macKey, ciphertext), Arrays.copyOf(boxed, TAG_BYTES))) {
                throw new InvalidInputException(
                        what + ": wrong password (or, less likely, the file was changed after it was encrypted)");
            }
            return apply(stream, ciphertext);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Encrypts PKCS #8 bytes for {@link #LABEL}. */
    public static byte[] seal(byte[] pkcs8, KeyPassword password, String what) throws UndecidedException {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] key = deriveKey(password, salt, COST, what);
        XSalsa20Engine stream = stream(key, nonce);
        Arrays.fill(key, (byte) 0);
        byte[] macKey = apply(stream, new byte[KEY_BYTES]);
        byte[] ciphertext = apply(stream, pkcs8);
        byte[] tag = tag(macKey, ciphertext);
        byte[] boxed = Arrays.copyOf(tag, TAG_BYTES + ciphertext.length);
        System.arraycopy(ciphertext, 0, boxed, TAG_BYTES, ciphertext.length);
        return json(salt, nonce, boxed);
    }

    private static byte[] deriveKey(KeyPassword password, byte[] salt, int cost, String what)
            throws UndecidedException {
        long needed = 128L * cost * BLOCK_SIZE; // RFC 7914, section 5
        if (needed + HEADROOM_BYTES > Runtime.getRuntime().maxMemory()) {
            throw new UndecidedException(what + ": its password takes " + (needed >> 20)
                    + " MiB of memory, more than Java has: give it more with -Xmx");
        }
        return SCrypt.generate(password.utf8(), salt, cost, BLOCK_SIZE, PARALLELISM, KEY_BYTES);
    }

    private static XSalsa20Engine stream(byte[] key, byte[] nonce) {
        XSalsa20Engine stream = new XSalsa20Engine();
        stream.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        return stream;
    }

    private static byte[] apply(XSalsa20Engine stream, byte[] input) {
        byte[] output = new byte[input.length];
        stream.processBytes(input, 0, input.length, output, 0);
        return output;
    }

    private static byte[] tag(byte[] key, byte[] ciphertext) {
        Poly1305 mac = new Poly1305();
        mac.init(new KeyParameter(key));
        mac.update(ciphertext, 0, ciphertext.length);
        byte[] tag = new byte[TAG_BYTES];
        mac.doFinal(tag, 0);
        return tag;
    }

    private static byte[] json(byte[] salt, byte[] nonce, byte[] boxed) {
        Base64.Encoder base64 = Base64.getEncoder();
        ObjectNode json = StrictJson.object();
        ObjectNode kdf = json.putObject("kdf").put("name", "scrypt");
        kdf.putObject("params").put("N", COST).put("r", BLOCK_SIZE).put("p", PARALLELISM);
        kdf.put("salt", base64.encodeToString(salt));
        json.putObject("cipher").put("name", "nacl/secretbox").put("nonce", base64.encodeToString(nonce));
        json.put("ciphertext", base64.encodeToString(boxed));
        return StrictJson.write(json);
    }

    private static void requireName(JsonObject algorithm, String expected) throws InvalidInputException {
        String name = algorithm.string("name");
        if (!name.equals(expected)) {
            throw algorithm.error("name", "expected " + expected + ", found '" + name + "'");
        }
    }
}
