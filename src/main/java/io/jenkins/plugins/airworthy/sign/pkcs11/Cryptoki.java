package io.jenkins.plugins.airworthy.sign.pkcs11;

import java.util.List;
import java.util.Optional;

/**
 * The functions of a PKCS #11 module that signing needs
 * (<a href="https://docs.oasis-open.org/pkcs11/pkcs11-base/v2.40/pkcs11-base-v2.40.html">PKCS #11 2.40</a>). Handles have a meaning only
 * inside the module. Results beyond the limits given here are refused, not cut.
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

    /** Attributes ({@code CKA_…}). */
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

    /** Mechanisms ({@code CKM_…}) that sign a digest, without hashing in the module. */
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

    /** The kind of a login: for the token's user, or for a key that requires a login for each signature. */
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

    /** Maximum number of slots of a module that are searched. */
    int MAX_SLOTS = 256;

    /** Maximum size of an attribute, in bytes; a certificate is the longest. */
    int MAX_ATTRIBUTE_BYTES = 64 * 1024;

    /** Maximum size of a signature, in bytes: twice that of RSA with 4096 bits. */
    int MAX_SIGNATURE_BYTES = 1024;

    /** Initialises the module; false if other code in this process had initialised it before. */
    boolean initialize() throws CryptokiException;

    /** Ends all sessions of this process; the next call must be {@link #initialize}. */
    void terminate() throws CryptokiException;

    List<Long> slotsWithToken() throws CryptokiException;

    TokenInfo tokenInfo(long slot) throws CryptokiException;

    /** Opens a read-only session, for reading and signing. */
    long openSession(long slot) throws CryptokiException;

    void closeSession(long session) throws CryptokiException;

    /**
     * Logs in to the whole token.
     *
     * @param pin the PIN, which the caller overwrites; copies made for the module are overwritten here
     */
    void login(long session, User user, byte[] pin) throws CryptokiException;

    void logout(long session) throws CryptokiException;

    /** Finds at most so many objects of a class with these attributes. */
    List<Long> find(long session, ObjectClass objectClass, Optional<byte[]> label, Optional<byte[]> id, int limit)
            throws CryptokiException;

    /** Returns the value of an attribute, if the object has it and it is readable. */
    Optional<byte[]> attribute(long session, long object, Attribute attribute) throws CryptokiException;

    /** Returns the value of a {@code CK_ULONG} attribute, if the object has it and it is readable. */
    Optional<Long> number(long session, long object, Attribute attribute) throws CryptokiException;

    void signInit(long session, Mechanism mechanism, long key) throws CryptokiException;

    byte[] sign(long session, byte[] data) throws CryptokiException;
}
