package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

/** Keys as OpenSSL and keytool write them. */
class OpensslKeysIT {
    private static final PasswordSource PASSWORD = what -> "sécret".toCharArray();
    private static final PasswordSource WRONG = what -> "guess".toCharArray();
    private static final PasswordSource NOBODY = what -> fail("no password is needed");
    private static final byte[] MESSAGE = Forge.bytes("message");

    @TempDir
    private Path folder;

    private void openssl(String arguments) throws InterruptedException {
        Tool.require("openssl")
                .run(folder, Map.of("PASS", "sécret"), arguments.split(" "))
                .succeeded();
    }

    private void p256() throws InterruptedException {
        openssl("ecparam -name prime256v1 -genkey -noout -out key.pem");
        openssl("pkey -in key.pem -pubout -out key.pub");
    }

    private void assertSigns(String file, PasswordSource passwords) throws Exception {
        SoftwareKey key = KeyFiles.readPrivate(folder.resolve(file), passwords);
        VerificationKey expected = KeyFiles.readPublic(folder.resolve("key.pub"));
        assertThat(key.publicKey()).isEqualTo(expected);
        assertThat(expected.verify(MESSAGE, key.sign(MESSAGE))).isTrue();
    }

    private void assertRefused(String file, PasswordSource passwords, String reason) {
        assertThatThrownBy(() -> KeyFiles.readPrivate(folder.resolve(file), passwords))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(folder.resolve(file) + ": ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prime256v1", "secp384r1", "secp521r1"})
    void readsEveryFormOfAnEllipticKey(String curve) throws Exception {
        openssl("ecparam -name " + curve + " -genkey -out sec1.pem"); // with a block of parameters in front
        openssl("pkey -in sec1.pem -pubout -out key.pub");
        openssl("pkcs8 -topk8 -nocrypt -in sec1.pem -out pkcs8.pem");
        openssl("pkcs8 -topk8 -in sec1.pem -passout env:PASS -out encrypted.pem");
        assertSigns("sec1.pem", NOBODY);
        assertSigns("pkcs8.pem", NOBODY);
        assertSigns("encrypted.pem", PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 3072, 4096})
    void readsEveryFormOfAnRsaKey(int bits) throws Exception {
        openssl("genrsa -traditional -out pkcs1.pem " + bits);
        openssl("pkey -in pkcs1.pem -pubout -out key.pub");
        openssl("pkcs8 -topk8 -nocrypt -in pkcs1.pem -out pkcs8.pem");
        openssl("pkcs8 -topk8 -in pkcs1.pem -passout env:PASS -out encrypted.pem");
        assertSigns("pkcs1.pem", NOBODY);
        assertSigns("pkcs8.pem", NOBODY);
        assertSigns("encrypted.pem", PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({
        "aes-128-cbc, hmacWithSHA1, 2048",
        "aes-192-cbc, hmacWithSHA256, 600000",
        "aes-256-cbc, hmacWithSHA384, 1",
        "aes-256-cbc, hmacWithSHA512, 10000"
    })
    void readsPbes2(String cipher, String hash, int rounds) throws Exception {
        p256();
        openssl("pkcs8 -topk8 -in key.pem -passout env:PASS -out encrypted.pem -v2 " + cipher + " -v2prf " + hash
                + " -iter " + rounds);
        assertSigns("encrypted.pem", PASSWORD);
        assertRefused("encrypted.pem", WRONG, "wrong password");
    }

    @ParameterizedTest
    @CsvSource({
        "-v1 PBE-SHA1-3DES, old",
        "-v2 des3, another cipher",
        "-scrypt, PBKDF2",
        "-v2 aes-256-cbc -iter 2000001, more than 2000000 rounds"
    })
    void refusesOtherEncryptionsAndSaysHowToConvert(String scheme, String reason) throws Exception {
        p256();
        openssl("pkcs8 -topk8 -in key.pem -passout env:PASS -out encrypted.pem " + scheme);
        assertRefused("encrypted.pem", PASSWORD, reason);
        assertRefused("encrypted.pem", PASSWORD, "openssl pkcs8 -topk8 -v2 aes-256-cbc");
    }

    @Test
    void refusesEncryptionByHeaders() throws Exception {
        p256();
        openssl("ec -in key.pem -aes256 -passout env:PASS -out headers.pem");
        assertRefused("headers.pem", PASSWORD, "OpenSSL's old way");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256k1", "secp224r1", "brainpoolP256r1", "sect283k1"})
    void refusesOtherCurves(String curve) throws Exception {
        openssl("ecparam -name " + curve + " -genkey -noout -out key.pem");
        openssl("pkey -in key.pem -pubout -out key.pub");
        assertRefused("key.pem", NOBODY, "unsupported curve");
        assertThatThrownBy(() -> KeyFiles.readPublic(folder.resolve("key.pub")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("use ECDSA on P-256");
    }

    @Test
    void refusesACurveSpelledOut() throws Exception {
        openssl("ecparam -name prime256v1 -param_enc explicit -genkey -noout -out key.pem");
        openssl("pkey -in key.pem -pubout -out key.pub");
        assertRefused("key.pem", NOBODY, "unsupported curve");
        assertThatThrownBy(() -> KeyFiles.readPublic(folder.resolve("key.pub")))
                .isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ED25519", "ED448", "X25519", "RSA-PSS"})
    void refusesOtherAlgorithms(String algorithm) throws Exception {
        openssl("genpkey -algorithm " + algorithm + " -out key.pem");
        openssl("pkey -in key.pem -pubout -out key.pub");
        assertRefused("key.pem", NOBODY, "unsupported kind of key");
        assertThatThrownBy(() -> KeyFiles.readPublic(folder.resolve("key.pub")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("use ECDSA on P-256");
    }

    @Test
    void refusesRsaWithAnExponentOfThree() throws Exception {
        openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3 -out key.pem");
        assertRefused("key.pem", NOBODY, "exponent must be 65537");
    }

    @Test
    void readsPkcs12() throws Exception {
        p256();
        openssl("req -x509 -new -key key.pem -subj /CN=test -days 1 -out cert.pem");
        openssl("pkcs12 -export -inkey key.pem -in cert.pem -passout pass:secret -out key.p12");
        PasswordSource ascii = what -> "secret".toCharArray();
        assertSigns("key.p12", ascii);
        assertRefused("key.p12", WRONG, "wrong password");
        assertRefused("key.p12", PASSWORD, "only with passwords of ASCII characters");
        openssl("pkcs12 -export -nokeys -in cert.pem -passout pass:secret -out certificate.p12");
        assertRefused("certificate.p12", ascii, "exactly one private key in the PKCS #12 file, found 0");
        assertThatThrownBy(() -> KeyFiles.readPublic(folder.resolve("cert.pem")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("this is a certificate");
    }

    @Test
    void aKeyTakenOutOfPkcs12HasTextAroundIt() throws Exception {
        p256();
        openssl("req -x509 -new -key key.pem -subj /CN=test -days 1 -out cert.pem");
        openssl("pkcs12 -export -inkey key.pem -in cert.pem -passout pass:secret -out key.p12");
        openssl("pkcs12 -in key.p12 -nocerts -passin pass:secret -passout env:PASS -out taken.pem");
        assertSigns("taken.pem", PASSWORD);
    }

    @Test
    void refusesCompressedPoints() throws Exception {
        p256();
        openssl("ec -in key.pem -pubout -conv_form compressed -out key.pub");
        assertThatThrownBy(() -> KeyFiles.readPublic(folder.resolve("key.pub")))
                .isInstanceOf(InvalidInputException.class);
    }
}
