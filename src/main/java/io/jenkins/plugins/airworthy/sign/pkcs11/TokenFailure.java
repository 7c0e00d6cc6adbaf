package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

/** Explains a return code of a module in a message, and what to do next. */
final class TokenFailure {
    private TokenFailure() {}

    static AirworthyException explain(CryptokiException e, Pkcs11Uri key) {
        for (ReturnCode code : ReturnCode.values()) {
            if (e.is(code)) {
                return explain(code, e, key);
            }
        }
        return general(e, key);
    }

    private static AirworthyException explain(ReturnCode code, CryptokiException e, Pkcs11Uri key) {
        return switch (code) {
            case CKR_DEVICE_REMOVED, CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED, CKR_SLOT_ID_INVALID ->
                undecided(key, "the token was taken out: put it in again, and repeat", e);
            case CKR_SESSION_CLOSED,
                    CKR_SESSION_HANDLE_INVALID,
                    CKR_USER_NOT_LOGGED_IN,
                    CKR_CRYPTOKI_NOT_INITIALIZED,
                    CKR_OBJECT_HANDLE_INVALID,
                    CKR_KEY_HANDLE_INVALID ->
                undecided(
                        key,
                        "the session with the token was lost while in use: the token was taken out, or another program"
                                + " ended it. Repeat",
                        e);
            case CKR_SESSION_COUNT ->
                undecided(key, "the token has no session left: end other programs that use it, and repeat", e);
            case CKR_USER_ANOTHER_ALREADY_LOGGED_IN ->
                undecided(key, "another session of this process is logged in to the token: repeat later", e);
            case CKR_USER_PIN_NOT_INITIALIZED -> new InvalidInputException(key + ": the token has no user PIN yet", e);
            case CKR_MECHANISM_INVALID, CKR_KEY_TYPE_INCONSISTENT ->
                new InvalidInputException(key + ": the token cannot make this kind of signature", e);
            case CKR_KEY_FUNCTION_NOT_PERMITTED ->
                new InvalidInputException(key + ": the token does not let this key sign", e);
            case CKR_PIN_LOCKED -> locked(key);
            default -> general(e, key);
        };
    }

    static AirworthyException locked(Pkcs11Uri key) {
        return new InvalidInputException(key + ": the token has locked its user PIN after too many wrong tries. Its"
                + " security officer can set a new one (pkcs11-tool --init-pin --login --login-type so)");
    }

    private static AirworthyException general(CryptokiException e, Pkcs11Uri key) {
        return undecided(
                key,
                "the module's function " + e.function() + " failed with " + e.codeName()
                        + ": check that the token is there and works ('pkcs11-tool --module "
                        + key.module() + " --list-token-slots'), and repeat",
                e);
    }

    private static AirworthyException undecided(Pkcs11Uri key, String what, CryptokiException e) {
        return new UndecidedException(key + ": " + what, e);
    }
}
