package io.jenkins.plugins.airworthy.sign.pkcs11;

/**
 * The information that a token reports about itself (PKCS #11 2.40, {@code CK_TOKEN_INFO}), without padding.
 *
 * @param flags the flags {@code CKF_…}, of which only those below are used
 */
record TokenInfo(String label, String manufacturer, String model, String serial, long flags) {
    static final long USER_PIN_INITIALIZED = 0x8;
    static final long PROTECTED_AUTHENTICATION_PATH = 0x100;
    static final long TOKEN_INITIALIZED = 0x400;
    static final long USER_PIN_COUNT_LOW = 0x10000;
    static final long USER_PIN_FINAL_TRY = 0x20000;
    static final long USER_PIN_LOCKED = 0x40000;

    boolean says(long flag) {
        return (flags & flag) != 0;
    }
}
