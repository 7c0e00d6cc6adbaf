package io.jenkins.plugins.airworthy.sign.pkcs11;

import java.util.List;
import java.util.Optional;

/**
 * The few functions of a PKCS #11 module that signing needs, as Java says them. Handles are the module's own and mean
 * nothing outside it. What a module answers beyond the bounds given here is refused, not cut.
 */
interface Cryptoki {
    /** Objects by class. */
    enum ObjectClass {
        CERTIFICATE(1),
        PUBLIC_KEY(2),
        PRIVATE_KEY(3);

        private final int number;

        ObjectClass(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** {@code CKA_…}. */
    enum Attribute {
        LABEL(0x3),
        VALUE(0x11),
        KEY_TYPE(0x100),
        ID(0x102),
        SIGN(0x108),
        MODULUS(0x120),
        PUBLIC_EXPONENT(0x122),
        EC_PARAMS(0x180),
        EC_POINT(0x181),
        ALWAYS_AUTHENTICATE(0x202);

        private final int number;

        Attribute(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** {@code CKM_…}: what signs a digest, without hashing in the module. */
    enum Mechanism {
        RSA_PKCS(0x1),
        ECDSA(0x1041);

        private final int number;

        Mechanism(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** Whom a login is for: the token's user, or the one key that asks again for each signature. */
    enum User {
        USER(1),
        CONTEXT_SPECIFIC(2);

        private final int number;

        User(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** How many slots of a module are looked at. */
    int MAX_SLOTS = 256;

    /** How many bytes one attribute of an object may have; a certificate is the longest. */
    int MAX_ATTRIBUTE_BYTES = 64 * 1024;

    /** How many bytes a signature may have: RSA of 4096 bits makes half of it. */
    int MAX_SIGNATURE_BYTES = 1024;

    /** Whether this call did it: false where somebody else in this process had done so before. */
    boolean initialize() throws CryptokiException;

    /** Ends all sessions of this process; the next call must be {@link #initialize}. */
    void terminate() throws CryptokiException;

    List<Long> slotsWithToken() throws CryptokiException;

    TokenInfo tokenInfo(long slot) throws CryptokiException;

    /** A session for reading and signing; it can change nothing. */
    long openSession(long slot) throws CryptokiException;

    void closeSession(long session) throws CryptokiException;

    /**
     * Logs in to the whole token.
     *
     * @param pin is the caller's, who overwrites it; copies made for the module are overwritten here
     */
    void login(long session, User user, byte[] pin) throws CryptokiException;

    void logout(long session) throws CryptokiException;

    /** At most so many objects of a class that have these attributes. */
    List<Long> find(long session, ObjectClass objectClass, Optional<byte[]> label, Optional<byte[]> id, int limit)
            throws CryptokiException;

    /** The value of an attribute, where the object has it and shows it. */
    Optional<byte[]> attribute(long session, long object, Attribute attribute) throws CryptokiException;

    /** The same for a {@code CK_ULONG}. */
    Optional<Long> number(long session, long object, Attribute attribute) throws CryptokiException;

    void signInit(long session, Mechanism mechanism, long key) throws CryptokiException;

    byte[] sign(long session, byte[] data) throws CryptokiException;
}
