package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.sign.key.KeyPairProbe;
import io.jenkins.plugins.airworthy.sign.key.KeyPassword;
import io.jenkins.plugins.airworthy.sign.key.PasswordSource;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

/**
 * A private key in a hardware module. Each signature logs in, signs and logs out: the PIN is requested each time and
 * overwritten after use, and a token that was removed and inserted again works. Refuses a public key that does not
 * belong to the private key, and never returns a signature that does not verify.
 *
 * <p>Thread-safe; threads take turns. A call into the module cannot be interrupted, only the wait for it.
 */
public final class HardwareKey implements SigningKey {
    private final Pkcs11Uri name;
    private final PasswordSource pins;
    private final Pkcs11Module module;
    private final VerificationKey publicKey;

    private HardwareKey(Pkcs11Uri name, PasswordSource pins, Pkcs11Module module, VerificationKey publicKey) {
        this.name = name;
        this.pins = pins;
        this.module = module;
        this.publicKey = publicKey;
    }

    /**
     * Finds the key and tests it. A wrong PIN is tried only once.
     *
     * @param pins the source of the PIN, asked now and for each signature
     */
    public static HardwareKey open(Pkcs11Uri name, PasswordSource pins)
            throws AirworthyException, InterruptedException {
        return open(name, pins, Pkcs11Module.of(name.module()));
    }

    static HardwareKey open(Pkcs11Uri name, PasswordSource pins, Pkcs11Module module)
            throws AirworthyException, InterruptedException {
        VerificationKey publicKey = module.use(name, cryptoki -> {
            try (TokenSession session = TokenSession.open(module, cryptoki, name);
                    KeyPassword pin = KeyPassword.ask(pins, name.tokenName())) {
                session.login(pin);
                TokenKey key = TokenKey.find(session, name);
                VerificationKey half = TokenPublicKey.of(key, name);
                if (!KeyPairProbe.belongTogether(half, message -> signature(key, half, message, pin))) {
                    throw unverified(name);
                }
                return half;
            }
        });
        return new HardwareKey(name, pins, module, publicKey);
    }

    @Override
    public VerificationKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) throws AirworthyException, InterruptedException {
        return module.use(name, cryptoki -> {
            try (TokenSession session = TokenSession.open(module, cryptoki, name);
                    KeyPassword pin = KeyPassword.ask(pins, name.tokenName())) {
                session.login(pin);
                byte[] signature = signature(TokenKey.find(session, name), publicKey, message, pin);
                if (!publicKey.verifyNew(message, signature)) {
                    throw unverified(name);
                }
                return signature;
            }
        });
    }

    private static byte[] signature(TokenKey key, VerificationKey publicKey, byte[] message, KeyPassword pin)
            throws CryptokiException {
        byte[] answer = key.sign(publicKey.algorithm(), TokenSignature.input(publicKey.algorithm(), message), pin);
        return TokenSignature.output(publicKey.algorithm(), answer);
    }

    private static UndecidedException unverified(Pkcs11Uri name) {
        return new UndecidedException(name + ": the token's signature does not verify with the public key that"
                + " the token has for this key: one of them was changed, or the token is faulty");
    }

    @Override
    public String toString() {
        return "private half of " + publicKey + ", " + name;
    }
}
