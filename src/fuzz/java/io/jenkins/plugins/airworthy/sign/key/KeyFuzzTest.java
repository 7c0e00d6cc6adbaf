package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.FuzzSeeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** Key files: a key that works, or a refusal that does not tell the password. */
public final class KeyFuzzTest {
    private static final String[] WORDS = {
        "-----BEGIN PRIVATE KEY-----\n",
        "-----END PRIVATE KEY-----\n",
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n",
        "-----BEGIN PUBLIC KEY-----\n",
        "-----BEGIN CERTIFICATE-----\n",
        "ENCRYPTED",
        "EC ",
        "RSA ",
        "Proc-Type: 4,ENCRYPTED\n",
        "\r",
        "=",
        "scrypt",
        "nacl/secretbox",
        "32768",
        "262144",
        "N",
        "params"
    };
    private static final BigInteger P256_ORDER =
            SignatureAlgorithm.ECDSA_P256.parameters().getOrder();

    @TestFactory
    Stream<DynamicTest> everyKeyWorksOrIsRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("public-key", Form.PEM, KeyFuzzTest::readPublic)
                        .at(Target.Pace.SLOW)
                        .seeds(files("key-p256.pub", "key-p384.pub", "key-p521.pub", "key-rsa.pub"))
                        .words(WORDS),
                Target.of("private-key-ec", Form.PEM, KeyFuzzTest::readPrivate)
                        .at(Target.Pace.SLOW)
                        .seeds(files("key-p256.pem", "key-p384.pem", "key-p521.pem", "sec1-p256.pem"))
                        .words(WORDS),
                Target.of("private-key-rsa", Form.PEM, KeyFuzzTest::readPrivate)
                        .at(Target.Pace.CRAWLING)
                        .seeds(files("key-rsa.pem", "pkcs1-rsa.pem"))
                        .words(WORDS),
                Target.of("private-key-encrypted", Form.PEM, KeyFuzzTest::readPrivate)
                        .at(Target.Pace.CRAWLING)
                        .seeds(files("encrypted-p256.pem", "encrypted-rsa.pem"))
                        .words(WORDS),
                Target.of("private-key-cosign", Form.PEM, KeyFuzzTest::readBox)
                        .at(Target.Pace.CRAWLING)
                        .seeds(files("cosign.key"))
                        .words(WORDS),
                Target.of("private-key-pkcs12", Form.DER, KeyFuzzTest::readPrivate)
                        .at(Target.Pace.CRAWLING)
                        .seeds(files("key-p256.p12", "legacy-p256.p12"))
                        .others(files("plain-p256.p12"))
                        .words(WORDS),
                Target.of("ecdsa-signature", Form.DER, KeyFuzzTest::readSignature)
                        .at(Target.Pace.FAST)
                        .names("no signature")
                        .seeds(List.of(FuzzSeeds.read("signature-p256.der"))));
    }

    private static List<byte[]> files(String... names) {
        return Stream.of(names).map(FuzzSeeds::read).toList();
    }

    private static void readPublic(byte[] input) throws InvalidInputException {
        VerificationKey read = VerificationKey.parse(input, Target.SOURCE);
        VerificationKey again = VerificationKey.parse(read.pem().getBytes(StandardCharsets.US_ASCII), Target.SOURCE);
        hold(again.equals(read) && again.pem().equals(read.pem()), "another key when it is read again");
        hold(
                again.fingerprint()
                        .equals(Digest.of(Pem.parse(input, "x").der()).hex()),
                "the key is not the one in the file");
    }

    private static void readPrivate(byte[] input) throws AirworthyException, InterruptedException {
        SoftwareKey key = parse(input);
        byte[] signature = key.sign(FuzzSeeds.ARTEFACT);
        hold(key.publicKey().verify(FuzzSeeds.ARTEFACT, signature), "signs what its public half does not verify");
        hold(!key.publicKey().verify(FuzzSeeds.PAYLOAD, signature), "verifies what was not signed");
    }

    private static void readBox(byte[] input) throws AirworthyException, InterruptedException {
        boolean boxed = new String(input, StandardCharsets.ISO_8859_1).contains("BEGIN ENCRYPTED SIGSTORE");
        SoftwareKey key = parse(input);
        hold(
                !boxed || key.fingerprint().equals(FuzzSeeds.key("p256").fingerprint()),
                "another key comes out of the box");
    }

    private static SoftwareKey parse(byte[] input) throws AirworthyException, InterruptedException {
        try {
            SoftwareKey key = KeyFiles.parsePrivate(input, Target.SOURCE, what -> FuzzSeeds.PASSWORD.toCharArray());
            for (byte octet : input) {
                hold(octet == 0, "the file's content is left in the memory");
            }
            return key;
        } catch (AirworthyException e) {
            hold(!e.getMessage().replace(Target.SOURCE, "").contains(FuzzSeeds.PASSWORD), "tells the password");
            throw e;
        }
    }

    /** Only one way to write the two numbers, both in their range. */
    private static void readSignature(byte[] input) throws InvalidInputException {
        if (!EcdsaSignature.isWellFormed(input, P256_ORDER)) {
            throw new InvalidInputException("no signature");
        }
        Der numbers = new Der(new Der(input).next(Der.SEQUENCE).orElseThrow());
        for (int i = 0; i < 2; i++) {
            BigInteger number = new BigInteger(numbers.next(Der.INTEGER).orElseThrow());
            hold(number.signum() > 0 && number.compareTo(P256_ORDER) < 0, "a number out of its range");
        }
        hold(numbers.atEnd(), "something behind the numbers");
    }
}
