package io.jenkins.plugins.airworthy.sign.pkcs11;

/** The return codes of a module that are handled or named in messages (PKCS #11 2.40, section 5.1). */
enum ReturnCode {
    CKR_OK(0x0),
    CKR_HOST_MEMORY(0x2),
    CKR_SLOT_ID_INVALID(0x3),
    CKR_GENERAL_ERROR(0x5),
    CKR_FUNCTION_FAILED(0x6),
    CKR_ARGUMENTS_BAD(0x7),
    CKR_NEED_TO_CREATE_THREADS(0x9),
    CKR_CANT_LOCK(0xA),
    CKR_ATTRIBUTE_SENSITIVE(0x11),
    CKR_ATTRIBUTE_TYPE_INVALID(0x12),
    CKR_DATA_LEN_RANGE(0x21),
    CKR_DEVICE_ERROR(0x30),
    CKR_DEVICE_MEMORY(0x31),
    CKR_DEVICE_REMOVED(0x32),
    CKR_FUNCTION_CANCELED(0x50),
    CKR_FUNCTION_NOT_SUPPORTED(0x54),
    CKR_KEY_HANDLE_INVALID(0x60),
    CKR_KEY_TYPE_INCONSISTENT(0x63),
    CKR_KEY_FUNCTION_NOT_PERMITTED(0x68),
    CKR_MECHANISM_INVALID(0x70),
    CKR_OBJECT_HANDLE_INVALID(0x82),
    CKR_PIN_INCORRECT(0xA0),
    CKR_PIN_INVALID(0xA1),
    CKR_PIN_LEN_RANGE(0xA2),
    CKR_PIN_EXPIRED(0xA3),
    CKR_PIN_LOCKED(0xA4),
    CKR_SESSION_CLOSED(0xB0),
    CKR_SESSION_COUNT(0xB1),
    CKR_SESSION_HANDLE_INVALID(0xB3),
    CKR_TOKEN_NOT_PRESENT(0xE0),
    CKR_TOKEN_NOT_RECOGNIZED(0xE1),
    CKR_USER_ALREADY_LOGGED_IN(0x100),
    CKR_USER_NOT_LOGGED_IN(0x101),
    CKR_USER_PIN_NOT_INITIALIZED(0x102),
    CKR_USER_ANOTHER_ALREADY_LOGGED_IN(0x104),
    CKR_BUFFER_TOO_SMALL(0x150),
    CKR_CRYPTOKI_NOT_INITIALIZED(0x190),
    CKR_CRYPTOKI_ALREADY_INITIALIZED(0x191);

    private final long code;

    ReturnCode(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }

    static String name(long code) {
        for (ReturnCode known : values()) {
            if (known.code == code) {
                return known.name();
            }
        }
        return "0x" + Long.toHexString(code);
    }
}
