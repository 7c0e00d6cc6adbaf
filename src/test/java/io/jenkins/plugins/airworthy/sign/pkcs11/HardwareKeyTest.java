package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.sign.key.PasswordSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class HardwareKeyTest {
    private static final String WRONG = "271828";

    private final ScriptedToken token = new ScriptedToken();
    private final Pkcs11Module module = new Pkcs11Module("/m.so", token);
    private final List<char[]> asked = new ArrayList<>();
    private String pin = ScriptedToken.PIN;

    private final PasswordSource pins = what -> {
        asked.add(pin.toCharArray());
        return asked.get(asked.size() - 1);
    };

    private HardwareKey open() throws AirworthyException, InterruptedException {
        return HardwareKey.open(Pkcs11Uri.parse("pkcs11:token=build;object=release?module-path=/m.so"), pins, module);
    }

    private Throwable refusedFor(String wrong) {
        pin = wrong;
        Throwable refusal = catchThrowable(this::open);
        pin = ScriptedToken.PIN;
        return refusal;
    }

    @Test
    void signsAndLogsOutAndOverwritesThePin() throws Exception {
        byte[] message = {1, 2, 3};
        HardwareKey key = open();
        assertThat(key.publicKey().verify(message, key.sign(message))).isTrue();
        assertThat(token.loggedIn).isFalse();
        assertThat(token.count("C_OpenSession")).isEqualTo(token.count("C_CloseSession"));
        assertThat(asked).hasSize(2).allSatisfy(pin -> assertThat(pin).containsOnly('\0'));
        assertThat(token.pinsSeen).hasSize(2).allSatisfy(pin -> assertThat(pin).containsOnly(0));
    }

    @Test
    void aWrongPinIsTriedOnceAndNeverAgain() {
        assertThat(refusedFor(WRONG))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("wrong PIN")
                .hasMessageContaining("counts wrong tries")
                .hasMessageContaining("it was tried once");
        assertThat(token.tries).isEqualTo(2);

        assertThat(refusedFor(WRONG)).hasMessageContaining("refused this PIN before");
        assertThat(token.tries).as("the second time nothing was tried").isEqualTo(2);
        assertThat(token.count("C_Login")).isEqualTo(1);
    }

    /** The PIN in the settings was right, and the token's was changed to it only now. */
    @Test
    void aPinIsTriedAgainAfterALogInElsewhere() throws Exception {
        assertThat(refusedFor(WRONG)).hasMessageContaining("wrong PIN");
        token.tries = 3;
        assertThat(refusedFor(WRONG)).hasMessageContaining("tried once");
        assertThat(token.count("C_Login")).isEqualTo(2);
        assertThat(open()).isNotNull();
    }

    @Test
    void theLastTryIsNotRisked() {
        token.tries = 1;
        assertThat(refusedFor(ScriptedToken.PIN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("locks after one more wrong PIN")
                .hasMessageContaining("pkcs11-tool --module /m.so --login");
        assertThat(token.count("C_Login")).isZero();
        assertThat(asked).as("nobody was even asked").isEmpty();
    }

    @Test
    void saysThatOneTryIsLeft() {
        token.tries = 2;
        assertThat(refusedFor(WRONG)).hasMessageContaining("the token locks after one more wrong try");
    }

    @Test
    void saysThatTheTokenIsLocked() {
        token.tries = 0;
        assertThat(refusedFor(ScriptedToken.PIN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has locked its user PIN")
                .hasMessageContaining("--init-pin");
        assertThat(token.count("C_Login")).isZero();

        token.tries = 3;
        token.failing.put("C_Login", ReturnCode.CKR_PIN_LOCKED.code());
        assertThat(refusedFor(ScriptedToken.PIN)).hasMessageContaining("has locked its user PIN");
    }

    @Test
    void saysThatAPinExpired() {
        token.failing.put("C_Login", ReturnCode.CKR_PIN_EXPIRED.code());
        assertThat(refusedFor(ScriptedToken.PIN)).hasMessageContaining("the PIN has expired");
    }

    @Test
    void anEmptyPinIsNotTried() {
        assertThat(refusedFor("")).hasMessageContaining("the PIN is empty; it was not tried");
        assertThat(token.count("C_Login")).isZero();
    }

    /** While somebody of this process is logged in, a module takes any PIN, or none. */
    @Test
    void anotherUserIsLoggedOutFirst() {
        token.loggedIn = true;
        assertThat(refusedFor(WRONG)).hasMessageContaining("wrong PIN");
        token.loggedIn = true;
        assertThat(catchThrowable(this::open)).isNull();
    }

    @Test
    void aWrongPinLeavesNoTraceInMessagesAndCauses() {
        StringWriter all = new StringWriter();
        refusedFor(WRONG).printStackTrace(new PrintWriter(all));
        refusedFor(WRONG).printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).contains("wrong PIN").doesNotContain(WRONG);
        assertThat(asked).allSatisfy(pin -> assertThat(pin).containsOnly('\0'));
        assertThat(token.pinsSeen).allSatisfy(pin -> assertThat(pin).containsOnly(0));
    }

    @ParameterizedTest
    @EnumSource(
            value = ReturnCode.class,
            names = {
                "CKR_DEVICE_REMOVED",
                "CKR_TOKEN_NOT_PRESENT",
                "CKR_SESSION_HANDLE_INVALID",
                "CKR_SESSION_CLOSED",
                "CKR_USER_NOT_LOGGED_IN",
                "CKR_CRYPTOKI_NOT_INITIALIZED",
                "CKR_DEVICE_ERROR",
                "CKR_GENERAL_ERROR",
                "CKR_HOST_MEMORY"
            })
    void aFailureDuringUseIsUndecidedAndTheKeyWorksAgainLater(ReturnCode code) throws Exception {
        HardwareKey key = open();
        for (String function : List.of("C_OpenSession", "C_Login", "C_FindObjects", "C_SignInit", "C_Sign")) {
            token.failing.put(function, code.code());
            assertThatThrownBy(() -> key.sign(new byte[1]))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("key 'release' on the PKCS #11 token 'build'")
                    .hasMessageContaining("epeat");
            token.failing.clear();
            assertThat(key.publicKey().verify(new byte[1], key.sign(new byte[1])))
                    .isTrue();
        }
        assertThat(token.count("C_Initialize"))
                .as("begun anew after each failure")
                .isEqualTo(6);
    }

    @Test
    void aTokenTakenOutAndPutBackSignsAgain() throws Exception {
        HardwareKey key = open();
        token.present = false;
        assertThatThrownBy(() -> key.sign(new byte[1]))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("sees no such token; it sees none");
        token.present = true;
        assertThat(key.sign(new byte[1])).isNotEmpty();
    }

    @Test
    void aModuleThatOthersInitialisedIsNeverFinalised() {
        token.begunByOthers = true;
        refusedFor(WRONG);
        token.present = false;
        refusedFor(ScriptedToken.PIN);
        assertThat(token.count("C_Finalize")).isZero();
    }

    @Test
    void twoTokensOrTwoKeysOfOneNameAreRefused() {
        token.slots = 2;
        assertThat(refusedFor(ScriptedToken.PIN)).hasMessageContaining("2 tokens match this name: add serial=");
        assertThat(token.count("C_Login")).isZero();
        token.slots = 1;
        token.keys = 2;
        assertThat(refusedFor(ScriptedToken.PIN))
                .hasMessageContaining("several private keys match this name: add id=%XX");
        token.keys = 0;
        assertThat(refusedFor(ScriptedToken.PIN)).hasMessageContaining("no such private key on the token");
    }

    @Test
    void aKeyThatMayNotSignIsRefused() {
        token.maySign = false;
        assertThat(refusedFor(ScriptedToken.PIN)).hasMessageContaining("CKA_SIGN is false");
        assertThat(token.count("C_SignInit")).isZero();
    }

    @Test
    void aTokenThatIsNotReadyIsNotAskedForAPin() {
        token.flags = TokenInfo.USER_PIN_INITIALIZED;
        assertThat(refusedFor(ScriptedToken.PIN)).hasMessageContaining("not initialised yet");
        token.flags = TokenInfo.TOKEN_INITIALIZED;
        assertThat(refusedFor(ScriptedToken.PIN)).hasMessageContaining("no user PIN yet");
        token.flags |= TokenInfo.USER_PIN_INITIALIZED | TokenInfo.PROTECTED_AUTHENTICATION_PATH;
        assertThat(refusedFor(ScriptedToken.PIN)).hasMessageContaining("typed at the device");
        assertThat(asked).isEmpty();
    }

    @Test
    void aPublicHalfOfAnotherKeyIsRefused() {
        token.signsWith = ScriptedToken.pair();
        assertThat(refusedFor(ScriptedToken.PIN))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("does not verify with the public key that the token has");
    }

    /** Another token with the same label, or another key under the same name, was put in while a job ran. */
    @Test
    void anotherKeyInThePlaceOfTheFirstIsRefused() throws Exception {
        HardwareKey key = open();
        token.signsWith = ScriptedToken.pair();
        assertThatThrownBy(() -> key.sign(new byte[1])).isInstanceOf(UndecidedException.class);
    }

    @Test
    void aKeyThatAsksForThePinEachTimeGetsIt() throws Exception {
        token.alwaysAuthenticate = true;
        assertThat(open().sign(new byte[1])).isNotEmpty();
        assertThat(token.count("C_Login again")).isEqualTo(2);
    }

    @Test
    void severalThreadsTakeTurns() throws Exception {
        HardwareKey key = open();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<byte[]>> work = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                byte[] message = {(byte) i};
                work.add(() -> key.publicKey().verify(message, key.sign(message)) ? message : new byte[0]);
            }
            for (Future<byte[]> done : threads.invokeAll(work)) {
                assertThat(done.get()).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(token.overlaps).isZero();
        assertThat(token.loggedIn).isFalse();
    }
}
