package io.jenkins.plugins.airworthy.sign.tlog;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The private Ed25519 key of a log: signs its checkpoints as <a href="https://c2sp.org/signed-note">signed notes</a>. It is for nothing
 * else: no policy believes keys of this kind. Thread-safe.
 */
public final class NoteSigner {
    private static final int HINT_BYTES = 4;

    private final NoteKey name;
    private final PrivateKey key;

    private NoteSigner(NoteKey name, PrivateKey key) {
        this.name = name;
        this.key = key;
    }

    /** A new key for the log of this name, see {@link NoteKey#isName}. */
    public static NoteSigner generate(String name) throws InvalidInputException {
        try {
            PrivateKey fresh =
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
            return of(name, fresh.getEncoded(), "new key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make Ed25519 keys", e);
        }
    }

    /**
     * A key from its bytes.
     *
     * @param pkcs8 PKCS #8 in DER
     * @param what the key's name in errors
     */
    public static NoteSigner of(String name, byte[] pkcs8, String what) throws InvalidInputException {
        if (!NoteKey.isName(name)) {
            throw new InvalidInputException(
                    "'" + name + "' cannot be the name of a ledger: give it as a URL without its"
                            + " scheme, such as example.com/ledger, without space, '+' and '#'");
        }
        try {
            EdECPrivateKey key =
                    (EdECPrivateKey) KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            byte[] seed =
                    key.getBytes().orElseThrow(() -> new InvalidInputException(what + ": the key has no private half"));
            byte[] open =
                    new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
            return new NoteSigner(new NoteKey(name, HexFormat.of().formatHex(open)), key);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new InvalidInputException(what + ": is not an Ed25519 private key", e);
        }
    }

    /** The public half. */
    public NoteKey publicKey() {
        return name;
    }

    /** The key as PKCS #8 in DER, for a place that encrypts it. */
    public byte[] encoded() {
        return key.getEncoded();
    }

    /**
     * Signs a text, whose first line is the origin.
     *
     * @param body ends with the end of a line
     * @return the note
     */
    public String sign(String origin, String body) {
        NoteKey as = name.named(origin);
        byte[] hint = HexFormat.of().parseHex(as.hint());
        byte[] made = signature(body.getBytes(StandardCharsets.UTF_8));
        byte[] line = new byte[HINT_BYTES + made.length];
        System.arraycopy(hint, 0, line, 0, HINT_BYTES);
        System.arraycopy(made, 0, line, HINT_BYTES, made.length);
        return body + "\n\u2014 " + origin + " " + Base64.getEncoder().encodeToString(line) + "\n";
    }

    /** A secret that only who has the key can compute, another one for each purpose: Ed25519 signs one text in one way only. */
    public byte[] secret(String purpose) {
        return Digest.sha256().digest(signature(("secret for " + purpose + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] signature(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read cannot sign", e);
        }
    }

    @Override
    public String toString() {
        return "private half of " + name.text();
    }
}
