package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.sign.key.KeyPassword;

import java.util.ArrayList;
import java.util.List;

/** A session with the token of a key's URI; closing it logs out. Refuses a token that has one try left. */
final class TokenSession implements AutoCloseable {
    private final Cryptoki cryptoki;
    private final Pkcs11Uri key;
    private final RefusedPins refused;
    private final long slot;
    private final long handle;

    private TokenSession(Cryptoki cryptoki, Pkcs11Uri key, RefusedPins refused, long slot, long handle) {
        this.cryptoki = cryptoki;
        this.key = key;
        this.refused = refused;
        this.slot = slot;
        this.handle = handle;
    }

    static TokenSession open(Pkcs11Module module, Cryptoki cryptoki, Pkcs11Uri key)
            throws CryptokiException, AirworthyException {
        List<Long> slots = fitting(cryptoki, key);
        if (slots.isEmpty() && module.refresh()) {
            slots = fitting(cryptoki, key);
        }
        if (slots.size() > 1) {
            throw new InvalidInputException(key + ": " + slots.size()
                    + " tokens match this name: add serial=NUMBER, which 'pkcs11-tool --module " + key.module()
                    + " --list-token-slots' shows");
        }
        if (slots.isEmpty()) {
            throw new UndecidedException(key + ": the module " + key.module() + " sees no such token; it sees "
                    + seen(cryptoki) + ". Put the token in, or check its name");
        }
        long slot = slots.get(0);
        requireReady(cryptoki.tokenInfo(slot), key);
        return new TokenSession(cryptoki, key, module.refusedPins(), slot, cryptoki.openSession(slot));
    }

    private static List<Long> fitting(Cryptoki cryptoki, Pkcs11Uri key) throws CryptokiException {
        List<Long> fitting = new ArrayList<>();
        for (long slot : cryptoki.slotsWithToken()) {
            if (key.fits(cryptoki.tokenInfo(slot), slot)) {
                fitting.add(slot);
            }
        }
        return List.copyOf(fitting);
    }

    private static String seen(Cryptoki cryptoki) throws CryptokiException {
        List<String> labels = new ArrayList<>();
        for (long slot : cryptoki.slotsWithToken()) {
            TokenInfo info = cryptoki.tokenInfo(slot);
            labels.add(info.says(TokenInfo.TOKEN_INITIALIZED) ? "'" + info.label() + "'" : "one not initialised");
        }
        return labels.isEmpty() ? "none" : String.join(", ", labels);
    }

    private static void requireReady(TokenInfo info, Pkcs11Uri key) throws AirworthyException {
        if (!info.says(TokenInfo.TOKEN_INITIALIZED)) {
            throw new InvalidInputException(key + ": the token is not initialised yet (pkcs11-tool --init-token)");
        }
        if (!info.says(TokenInfo.USER_PIN_INITIALIZED)) {
            throw new InvalidInputException(key + ": the token has no user PIN yet (pkcs11-tool --init-pin)");
        }
        if (info.says(TokenInfo.USER_PIN_LOCKED)) {
            throw TokenFailure.locked(key);
        }
        if (info.says(TokenInfo.USER_PIN_FINAL_TRY)) {
            throw new InvalidInputException(key + ": the token locks after one more wrong PIN, so none is tried"
                    + " here. Log in once with the right PIN, which resets the token's count: pkcs11-tool --module "
                    + key.module() + " --login --list-objects");
        }
        if (info.says(TokenInfo.PROTECTED_AUTHENTICATION_PATH)) {
            throw new InvalidInputException(
                    key + ": the token wants its PIN typed at the device, which is not supported");
        }
    }

    /** Logs in with one try only. */
    void login(KeyPassword pin) throws CryptokiException, AirworthyException {
        TokenInfo before = cryptoki.tokenInfo(slot);
        if (pin.isEmpty()) {
            throw new InvalidInputException(key + ": the PIN is empty; it was not tried");
        }
        if (refused.contains(before, pin.utf8())) {
            throw new InvalidInputException(key + ": the token refused this PIN before, so it is not tried again:"
                    + " correct the PIN" + triesLeft(before));
        }
        logout(); // while a user is logged in, the token would accept any PIN
        try {
            cryptoki.login(handle, Cryptoki.User.USER, pin.utf8());
        } catch (CryptokiException e) {
            throw refusal(e, pin);
        }
        refused.accepted(before);
    }

    private AirworthyException refusal(CryptokiException e, KeyPassword pin) throws CryptokiException {
        if (e.is(ReturnCode.CKR_PIN_EXPIRED)) {
            return new InvalidInputException(
                    key + ": the PIN has expired: set a new one with the tool of the token's maker", e);
        }
        if (!e.is(ReturnCode.CKR_PIN_INCORRECT)
                && !e.is(ReturnCode.CKR_PIN_INVALID)
                && !e.is(ReturnCode.CKR_PIN_LEN_RANGE)) {
            throw e;
        }
        TokenInfo after = cryptoki.tokenInfo(slot);
        refused.add(after, pin.utf8());
        return new InvalidInputException(
                key + ": wrong PIN" + (e.is(ReturnCode.CKR_PIN_INCORRECT) ? "" : " (its length or characters)")
                        + triesLeft(after) + "; it was tried once",
                e);
    }

    private static String triesLeft(TokenInfo info) {
        if (info.says(TokenInfo.USER_PIN_LOCKED)) {
            return ", and the token has locked itself now";
        }
        if (info.says(TokenInfo.USER_PIN_FINAL_TRY)) {
            return ", and the token locks after one more wrong try";
        }
        return info.says(TokenInfo.USER_PIN_COUNT_LOW) ? " (the token counts wrong tries, and locks after some)" : "";
    }

    Cryptoki cryptoki() {
        return cryptoki;
    }

    long handle() {
        return handle;
    }

    private void logout() throws CryptokiException {
        try {
            cryptoki.logout(handle);
        } catch (CryptokiException e) {
            if (!e.is(ReturnCode.CKR_USER_NOT_LOGGED_IN)) {
                throw e;
            }
        }
    }

    @Override
    public void close() throws CryptokiException {
        try {
            logout();
        } finally {
            cryptoki.closeSession(handle);
        }
    }
}
