package io.jenkins.plugins.airworthy.sign.pkcs11;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A module with one token that fails in ways that SoftHSM never does: it locks, breaks off, lies and keeps count. */
final class ScriptedToken implements Cryptoki {
    static final String PIN = "1234";

    final KeyPair pair = pair();
    final List<String> calls = new ArrayList<>();
    final List<byte[]> pinsSeen = new ArrayList<>();
    final AtomicInteger inside = new AtomicInteger();
    int overlaps;
    int tries = 3;
    int slots = 1;
    int keys = 1;
    boolean present = true;
    boolean begunByOthers;
    boolean loggedIn;
    boolean alwaysAuthenticate;
    boolean maySign = true;
    long flags = TokenInfo.TOKEN_INITIALIZED | TokenInfo.USER_PIN_INITIALIZED;
    final Map<String, Long> failing = new HashMap<>();
    KeyPair signsWith = pair;

    static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    long count(String function) {
        return calls.stream().filter(function::equals).count();
    }

    private void called(String function) throws CryptokiException {
        if (inside.incrementAndGet() != 1) {
            overlaps++;
        }
        calls.add(function);
        inside.decrementAndGet();
        Long code = failing.get(function);
        if (code != null) {
            throw new CryptokiException(function, code);
        }
    }

    private static CryptokiException failure(String function, ReturnCode code) {
        return new CryptokiException(function, code.code());
    }

    @Override
    public boolean initialize() throws CryptokiException {
        called("C_Initialize");
        return !begunByOthers;
    }

    @Override
    public void terminate() throws CryptokiException {
        called("C_Finalize");
        loggedIn = false;
    }

    @Override
    public List<Long> slotsWithToken() throws CryptokiException {
        called("C_GetSlotList");
        return present ? List.of(7L, 8L).subList(0, slots) : List.of();
    }

    @Override
    public TokenInfo tokenInfo(long slot) throws CryptokiException {
        called("C_GetTokenInfo");
        long count = tries == 3 ? 0 : TokenInfo.USER_PIN_COUNT_LOW;
        count |= tries == 1 ? TokenInfo.USER_PIN_FINAL_TRY : 0;
        count |= tries == 0 ? TokenInfo.USER_PIN_LOCKED : 0;
        return new TokenInfo("build", "Test", "Scripted", "000" + slot, flags | count);
    }

    @Override
    public long openSession(long slot) throws CryptokiException {
        called("C_OpenSession");
        return 42;
    }

    @Override
    public void closeSession(long session) throws CryptokiException {
        called("C_CloseSession");
    }

    @Override
    public void login(long session, User user, byte[] pin) throws CryptokiException {
        called(user == User.USER ? "C_Login" : "C_Login again");
        pinsSeen.add(pin);
        if (user == User.USER && loggedIn) {
            throw failure("C_Login", ReturnCode.CKR_USER_ALREADY_LOGGED_IN);
        }
        if (tries == 0) {
            throw failure("C_Login", ReturnCode.CKR_PIN_LOCKED);
        }
        if (!PIN.equals(new String(pin, StandardCharsets.UTF_8))) {
            tries--;
            throw failure("C_Login", ReturnCode.CKR_PIN_INCORRECT);
        }
        tries = 3;
        loggedIn = true;
    }

    @Override
    public void logout(long session) throws CryptokiException {
        called("C_Logout");
        if (!loggedIn) {
            throw failure("C_Logout", ReturnCode.CKR_USER_NOT_LOGGED_IN);
        }
        loggedIn = false;
    }

    @Override
    public List<Long> find(
            long session, ObjectClass objectClass, Optional<byte[]> label, Optional<byte[]> id, int limit)
            throws CryptokiException {
        called("C_FindObjects");
        return switch (objectClass) {
            case PRIVATE_KEY -> loggedIn ? List.of(1L, 2L).subList(0, keys) : List.of();
            case PUBLIC_KEY -> List.of(3L);
            case CERTIFICATE -> List.of();
        };
    }

    @Override
    public Optional<byte[]> attribute(long session, long object, Attribute attribute) throws CryptokiException {
        called("C_GetAttributeValue");
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        return Optional.ofNullable(
                switch (attribute) {
                    case ID -> new byte[] {1};
                    case LABEL -> "release".getBytes(StandardCharsets.UTF_8);
                    case SIGN -> new byte[] {(byte) (maySign ? 1 : 0)};
                    case ALWAYS_AUTHENTICATE -> new byte[] {(byte) (alwaysAuthenticate ? 1 : 0)};
                    case EC_PARAMS -> HexFormat.of().parseHex("06082a8648ce3d030107");
                    case EC_POINT -> {
                        byte[] encoded = key.getEncoded();
                        yield Arrays.copyOfRange(encoded, encoded.length - 65, encoded.length);
                    }
                    default -> null;
                });
    }

    @Override
    public Optional<Long> number(long session, long object, Attribute attribute) {
        return Optional.of(3L);
    }

    @Override
    public void signInit(long session, Mechanism mechanism, long key) throws CryptokiException {
        called("C_SignInit");
    }

    @Override
    public byte[] sign(long session, byte[] data) throws CryptokiException {
        called("C_Sign");
        if (!loggedIn) {
            throw failure("C_Sign", ReturnCode.CKR_USER_NOT_LOGGED_IN);
        }
        try {
            Signature signature = Signature.getInstance("NONEwithECDSA");
            signature.initSign(signsWith.getPrivate());
            signature.update(data);
            return sideBySide(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sideBySide(byte[] der) {
        int r = der[3];
        byte[] both = new byte[64];
        copy(new BigInteger(1, Arrays.copyOfRange(der, 4, 4 + r)), both, 0);
        copy(new BigInteger(1, Arrays.copyOfRange(der, 6 + r, der.length)), both, 32);
        return both;
    }

    private static void copy(BigInteger number, byte[] target, int offset) {
        byte[] bytes = number.toByteArray();
        int skip = Math.max(0, bytes.length - 32);
        System.arraycopy(bytes, skip, target, offset + 32 - (bytes.length - skip), bytes.length - skip);
    }
}
