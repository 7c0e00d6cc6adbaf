package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.HexFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PublicKeyDecoderTest {
    private static final ECParameterSpec P256 = SignatureAlgorithm.ECDSA_P256.parameters();

    /** A key as some provider might hold it, with numbers of an attacker's choice. */
    private record Point(ECPoint point, ECParameterSpec parameters) implements ECPublicKey {
        @Override
        public ECPoint getW() {
            return point;
        }

        @Override
        public ECParameterSpec getParams() {
            return parameters;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }

    private static byte[] der() throws InvalidInputException {
        return Pem.parse(Forge.bytes(SoftwareKey.generate().publicKey().pem()), "key")
                .der();
    }

    private static void assertRefused(byte[] der, String reason) {
        assertThatThrownBy(() -> PublicKeyDecoder.decode(der, "the key"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason);
    }

    private static void assertRefused(PublicKey key, String reason) {
        assertThatThrownBy(() -> VerificationKey.of(key, "the key"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesPointsOffTheCurve() throws Exception {
        byte[] der = der();
        der[der.length - 1] ^= 1;
        assertRefused(der, "not a point on its curve");
        ECPoint generator = P256.getGenerator();
        assertRefused(new Point(new ECPoint(generator.getAffineX(), generator.getAffineX()), P256), "not a point");
        assertRefused(new Point(new ECPoint(BigInteger.ZERO, BigInteger.ZERO), P256), "not a point");
    }

    @Test
    void refusesTheGeneratorOfAnAttackersChoice_CVE_2020_0601() throws Exception {
        ECPoint victim = ((ECPublicKey) java.security.KeyFactory.getInstance("EC")
                        .generatePublic(new java.security.spec.X509EncodedKeySpec(der())))
                .getW();
        ECParameterSpec chosen = new ECParameterSpec(P256.getCurve(), victim, P256.getOrder(), P256.getCofactor());
        assertRefused(new Point(victim, chosen), "unsupported curve");
    }

    @Test
    void refusesASecondEncodingOfTheSameKey() throws Exception {
        byte[] der = der();
        assertRefused(Arrays.copyOf(der, der.length + 1), "");
        byte[] longer =
                HexFormat.of().parseHex("3081" + HexFormat.of().formatHex(der).substring(2));
        assertRefused(longer, "damaged");
    }

    @Test
    void fingerprintIsTheHashOfTheKeysDer() throws Exception {
        String pem = """
                -----BEGIN PUBLIC KEY-----
                MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt
                6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==
                -----END PUBLIC KEY-----
                """;
        byte[] der = java.util.Base64.getMimeDecoder()
                .decode(pem.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat));
        VerificationKey key = VerificationKey.parse(pem.getBytes(StandardCharsets.US_ASCII), "key");
        assertThat(key.fingerprint())
                .isEqualTo(
                        io.jenkins.plugins.airworthy.image.name.Digest.of(der).hex());
        assertThat(key.pem()).isEqualTo(pem);
    }
}
