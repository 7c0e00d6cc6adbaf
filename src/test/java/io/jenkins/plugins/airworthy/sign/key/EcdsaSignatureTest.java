package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

public class EcdsaSignatureTest {
    private static final BigInteger ORDER =
            SignatureAlgorithm.ECDSA_P256.parameters().getOrder();
    private static final SoftwareKey KEY = SoftwareKey.generate();
    private static final byte[] MESSAGE = Forge.bytes("message");

    public static byte[] der(BigInteger r, BigInteger s) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        for (BigInteger number : new BigInteger[] {r, s}) {
            byte[] bytes = number.toByteArray();
            inner.write(Der.INTEGER);
            inner.write(bytes.length);
            inner.writeBytes(bytes);
        }
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        outer.write(Der.SEQUENCE);
        if (inner.size() > 127) {
            outer.write(0x81);
        }
        outer.write(inner.size());
        outer.writeBytes(inner.toByteArray());
        return outer.toByteArray();
    }

    /** The other signature that is valid wherever this one is. */
    public static byte[] withOtherS(byte[] signature) {
        Der inner = new Der(new Der(signature).next(Der.SEQUENCE).orElseThrow());
        BigInteger r = new BigInteger(inner.next(Der.INTEGER).orElseThrow());
        BigInteger s = new BigInteger(inner.next(Der.INTEGER).orElseThrow());
        return der(r, ORDER.subtract(s));
    }

    @ParameterizedTest
    @EnumSource(value = SignatureAlgorithm.class, mode = EnumSource.Mode.EXCLUDE, names = "RSA")
    void acceptsWhatEveryCurveMakes(SignatureAlgorithm algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(algorithm.parameters());
        SoftwareKey key = SoftwareKey.of(generator.generateKeyPair(), "key");
        assertThat(key.publicKey().algorithm()).isEqualTo(algorithm);
        for (int i = 0; i < 50; i++) {
            assertThat(key.publicKey().verify(MESSAGE, key.sign(MESSAGE))).isTrue();
        }
    }

    @Test
    void refusesEveryCombinationOfNumbersThatBelongToNoSignature() {
        BigInteger[] numbers = {
            BigInteger.ZERO,
            BigInteger.ONE.negate(),
            ORDER,
            ORDER.add(BigInteger.ONE),
            ORDER.negate(),
            ORDER.shiftLeft(9)
        };
        for (BigInteger bad : numbers) {
            assertThat(EcdsaSignature.isWellFormed(der(bad, BigInteger.ONE), ORDER))
                    .isFalse();
            assertThat(EcdsaSignature.isWellFormed(der(BigInteger.ONE, bad), ORDER))
                    .isFalse();
            assertThat(KEY.publicKey().verify(MESSAGE, der(bad, bad))).isFalse();
        }
        assertThat(EcdsaSignature.isWellFormed(der(BigInteger.ONE, ORDER.subtract(BigInteger.ONE)), ORDER))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "3000",
                "3080020101020101" + "0000",
                "300602010102010100",
                "3007020101020101",
                "308106020101020101",
                "30060201010202",
                "300702020001020101",
                "3009020101020101020101",
                "300402000200",
                "3006030101020101",
                "30840000000602010102" + "0101",
                "30ff",
                "30847fffffff"
            })
    void refusesAllEncodingsButOne(String hex) {
        assertThat(EcdsaSignature.isWellFormed(HexFormat.of().parseHex(hex), ORDER))
                .isFalse();
    }

    @Test
    void refusesASignatureTruncatedAtAnyByte() {
        byte[] signature = KEY.sign(MESSAGE);
        for (int length = 0; length < signature.length; length++) {
            assertThat(KEY.publicKey().verify(MESSAGE, Arrays.copyOf(signature, length)))
                    .isFalse();
        }
        assertThat(KEY.publicKey().verify(MESSAGE, Arrays.copyOf(signature, signature.length + 1)))
                .isFalse();
    }

    @Test
    void anyChangedBitMakesItInvalid() {
        byte[] signature = KEY.sign(MESSAGE);
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(KEY.publicKey().verify(MESSAGE, changed)).isFalse();
        }
    }

    @Test
    void randomBytesAreNeitherSignatureNorFailure() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(150)];
            random.nextBytes(bytes);
            if (bytes.length > 4) {
                bytes[0] = 0x30;
                bytes[1] = (byte) (bytes.length - 2);
                bytes[2] = 2;
            }
            assertThat(EcdsaSignature.isWellFormed(bytes, ORDER)
                            && KEY.publicKey().verify(MESSAGE, bytes))
                    .isFalse();
        }
    }
}
