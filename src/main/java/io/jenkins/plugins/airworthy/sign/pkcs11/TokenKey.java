package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.key.KeyPassword;
import io.jenkins.plugins.airworthy.sign.key.SignatureAlgorithm;
import io.jenkins.plugins.airworthy.sign.pkcs11.Cryptoki.Attribute;
import io.jenkins.plugins.airworthy.sign.pkcs11.Cryptoki.Mechanism;
import io.jenkins.plugins.airworthy.sign.pkcs11.Cryptoki.ObjectClass;

import java.util.List;
import java.util.Optional;

/** The private key that a URI identifies, in a logged-in session. Refuses a URI that matches several keys. */
record TokenKey(TokenSession session, long handle) {
    private static final byte TRUE = 1;

    static TokenKey find(TokenSession session, Pkcs11Uri name) throws CryptokiException, InvalidInputException {
        List<Long> found = session.cryptoki()
                .find(
                        session.handle(),
                        ObjectClass.PRIVATE_KEY,
                        name.object().map(label -> name.objectBytes()),
                        name.id().map(id -> name.idBytes()),
                        2);
        if (found.isEmpty()) {
            throw new InvalidInputException(name + ": there is no such private key on the token; 'pkcs11-tool --module "
                    + name.module() + " --login --list-objects --type privkey' lists those that exist");
        }
        if (found.size() > 1) {
            throw new InvalidInputException(name + ": several private keys match this name: add "
                    + (name.id().isPresent() ? "object=LABEL" : "id=%XX")
                    + ", or give each key its own name");
        }
        TokenKey key = new TokenKey(session, found.get(0));
        if (!key.flag(Attribute.SIGN, true)) {
            throw new InvalidInputException(name + ": this key is not for signing (its CKA_SIGN is false)");
        }
        return key;
    }

    /** Signs and returns the signature in the module's format. */
    byte[] sign(SignatureAlgorithm algorithm, byte[] toSign, KeyPassword pin) throws CryptokiException {
        Cryptoki cryptoki = session.cryptoki();
        cryptoki.signInit(session.handle(), algorithm.isElliptic() ? Mechanism.ECDSA : Mechanism.RSA_PKCS, handle);
        if (flag(Attribute.ALWAYS_AUTHENTICATE, false)) {
            cryptoki.login(session.handle(), Cryptoki.User.CONTEXT_SPECIFIC, pin.utf8());
        }
        return cryptoki.sign(session.handle(), toSign);
    }

    Optional<byte[]> attribute(Attribute attribute) throws CryptokiException {
        return session.cryptoki().attribute(session.handle(), handle, attribute);
    }

    Optional<Long> number(Attribute attribute) throws CryptokiException {
        return session.cryptoki().number(session.handle(), handle, attribute);
    }

    private boolean flag(Attribute attribute, boolean otherwise) throws CryptokiException {
        return attribute(attribute)
                .map(value -> value.length == 1 && value[0] == TRUE)
                .orElse(otherwise);
    }
}
