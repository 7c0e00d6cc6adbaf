package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.sign.key.SignatureAlgorithm;
import io.jenkins.plugins.airworthy.tools.SoftHsm;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** One process signs with SoftHSM for long, while its tokens come and go. */
class SoftHsmIT {
    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    private Path folder;

    private SoftHsm hsm;
    private Pkcs11Module module;

    @BeforeEach
    void putATokenIn() throws Exception {
        hsm = SoftHsm.in(folder).enter().token("build");
        module = new Pkcs11Module(
                hsm.module().toString(), NativeCryptoki.load(hsm.module().toRealPath()));
    }

    @AfterEach
    void endTheModule() {
        if (module != null) {
            module.end();
        }
    }

    private HardwareKey open(String attributes) throws Exception {
        return open(attributes, SoftHsm.PIN);
    }

    private HardwareKey open(String attributes, String pin) throws Exception {
        return HardwareKey.open(Pkcs11Uri.parse(hsm.uri(attributes)), what -> pin.toCharArray(), module);
    }

    @Test
    void aTokenTakenOutAndPutBackSignsAgainWithoutARestart() throws Exception {
        hsm.key("build", "EC:prime256v1", "release", "01");
        HardwareKey key = open("token=build;object=release");
        assertThat(key.publicKey().verify(MESSAGE, key.sign(MESSAGE))).isTrue();

        Path drawer = hsm.takeOut();
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> key.sign(MESSAGE))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("key 'release' on the PKCS #11 token 'build'");
        }
        hsm.putBack(drawer);
        assertThat(key.publicKey().verify(MESSAGE, key.sign(MESSAGE))).isTrue();
    }

    @Test
    void aTokenPutInLaterIsFound() throws Exception {
        notYet("token=late;object=release");
        hsm.token("late").key("late", "EC:prime256v1", "release", "01");
        assertThat(open("token=late;object=release").sign(MESSAGE)).isNotEmpty();
    }

    private void notYet(String attributes) {
        assertThatThrownBy(() -> open(attributes)).isInstanceOf(UndecidedException.class);
    }

    @Test
    void keysOfOneLabelAreDistinguishedByTheirIdentifiers() throws Exception {
        hsm.key("build", "EC:prime256v1", "release", "01").key("build", "EC:prime256v1", "release", "02");
        assertThatThrownBy(() -> open("token=build;object=release"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("several private keys match this name: add id=%XX");
        HardwareKey first = open("token=build;object=release;id=%01");
        HardwareKey second = open("token=build;id=%02");
        assertThat(first.publicKey()).isNotEqualTo(second.publicKey());
        assertThat(first.publicKey().verify(MESSAGE, first.sign(MESSAGE))).isTrue();
        assertThat(second.publicKey().verify(MESSAGE, second.sign(MESSAGE))).isTrue();
    }

    @Test
    void tokensOfOneLabelAreDistinguishedByTheirSerialNumbers() throws Exception {
        hsm.key("build", "EC:prime256v1", "release", "01");
        String serial = serial(hsm.slots());
        hsm.token("build");
        assertThatThrownBy(() -> open("token=build;object=release"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2 tokens match this name: add serial=");
        assertThat(open("token=build;serial=" + serial + ";object=release").sign(MESSAGE))
                .isNotEmpty();
    }

    private static String serial(String listing) {
        return listing.lines()
                .filter(line -> line.contains("serial num"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    /** Keys that were made elsewhere often come with nothing beside them; what the message advises must work. */
    @Test
    void aKeyWithoutItsPublicHalfSaysHowToStoreOne() throws Exception {
        hsm.key("build", "EC:prime256v1", "release", "01");
        String expected = open("token=build;object=release").publicKey().pem();
        hsm.tool("build", "--delete-object", "--type", "pubkey", "--id", "01");
        assertThatThrownBy(() -> open("token=build;object=release"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("neither the public key nor a certificate for it")
                .hasMessageContaining(
                        "--login --write-object release.pub.der --type pubkey --id 01 (or a certificate:");

        Files.writeString(folder.resolve("release.pub"), expected);
        Tool.require("openssl")
                .run(
                        folder,
                        Map.of(),
                        "pkey",
                        "-pubin",
                        "-in",
                        "release.pub",
                        "-outform",
                        "DER",
                        "-out",
                        "release.pub.der")
                .succeeded();
        hsm.tool("build", "--write-object", "release.pub.der", "--type", "pubkey", "--id", "01");
        assertThat(open("token=build;object=release").publicKey().pem()).isEqualTo(expected);
    }

    @Test
    void takesThePublicKeyFromTheKeysCertificate() throws Exception {
        Tool openssl = Tool.require("openssl");
        openssl.run(folder, Map.of(), "ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", "k.pem")
                .succeeded();
        openssl.run(folder, Map.of(), "pkcs8", "-topk8", "-nocrypt", "-in", "k.pem", "-outform", "DER", "-out", "k.der")
                .succeeded();
        openssl.run(folder, Map.of(), "req", "-new", "-x509", "-key", "k.pem", "-subj", "/CN=release", "-out", "c.pem")
                .succeeded();
        openssl.run(folder, Map.of(), "x509", "-in", "c.pem", "-outform", "DER", "-out", "c.der")
                .succeeded();
        hsm.tool("build", "--write-object", "k.der", "--type", "privkey", "--id", "0a", "--label", "p", "--usage-sign");
        hsm.tool("build", "--write-object", "c.der", "--type", "cert", "--id", "0a", "--label", "p");
        HardwareKey key = open("token=build;object=p");
        assertThat(key.publicKey().algorithm()).isEqualTo(SignatureAlgorithm.ECDSA_P384);
        assertThat(key.publicKey().verify(MESSAGE, key.sign(MESSAGE))).isTrue();

        hsm.key("build", "EC:prime256v1", "other", "0b");
        hsm.tool("build", "--write-object", "c.der", "--type", "cert", "--id", "0b", "--label", "other");
        assertThatThrownBy(() -> open("token=build;object=other"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("are of different keys");
    }

    /** An RSA key shows its own numbers; nothing need be stored beside it. */
    @Test
    void anRsaKeyNeedsNoPublicKeyOnTheToken() throws Exception {
        hsm.key("build", "RSA:4096", "release", "01");
        hsm.tool("build", "--delete-object", "--type", "pubkey", "--id", "01");
        HardwareKey key = open("token=build;id=%01");
        assertThat(key.publicKey().verify(MESSAGE, key.sign(MESSAGE))).isTrue();
    }

    @Test
    void aKeyThatWantsThePinEachTimeSigns() throws Exception {
        hsm.key("build", "EC:prime256v1", "release", "01", "--always-auth");
        HardwareKey key = open("token=build;object=release");
        assertThat(key.publicKey().verify(MESSAGE, key.sign(MESSAGE))).isTrue();
    }

    @Test
    void aWrongPinIsRefusedWhileAnotherSessionIsLoggedIn() throws Exception {
        hsm.key("build", "EC:prime256v1", "release", "01");
        HardwareKey key = open("token=build;object=release");
        long left = module.use(Pkcs11Uri.parse(hsm.uri("token=build;object=release")), cryptoki -> {
            long session = cryptoki.openSession(cryptoki.slotsWithToken().get(0));
            cryptoki.login(session, Cryptoki.User.USER, SoftHsm.PIN.getBytes(StandardCharsets.UTF_8));
            return session;
        });
        assertThat(left).isNotZero();
        assertThatThrownBy(() -> open("token=build;object=release", "wrong-pin"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("wrong PIN");
        assertThat(key.sign(MESSAGE)).isNotEmpty();
    }

    @Test
    void manyThreadsSignAtOnce() throws Exception {
        hsm.key("build", "EC:prime256v1", "one", "01").key("build", "RSA:2048", "two", "02");
        List<HardwareKey> keys = List.of(open("token=build;object=one"), open("token=build;object=two"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                HardwareKey key = keys.get(i % 2);
                byte[] message = {(byte) i};
                work.add(() -> key.publicKey().verify(message, key.sign(message)));
            }
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
