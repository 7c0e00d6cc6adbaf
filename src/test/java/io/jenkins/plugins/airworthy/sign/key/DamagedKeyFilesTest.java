package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/** Key files with some bytes changed, some thousand times: each is a key, or a clear refusal, and never anything else. */
class DamagedKeyFilesTest {
    private static final PasswordSource PASSWORD = what -> "secret".toCharArray();

    private final Random random = new Random(42);

    private byte[] damaged(byte[] whole, int from, int to) {
        byte[] der = whole.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            der[from + random.nextInt(to - from)] = (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(der, random.nextInt(der.length)) : der;
    }

    private static byte[] pem(String label, byte[] der) {
        return Pem.write(label, der).getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertKeyOrRefusal(int times, Supplier<byte[]> content, boolean secret) throws Exception {
        int refused = 0;
        for (int i = 0; i < times; i++) {
            try {
                if (secret) {
                    KeyFiles.parsePrivate(content.get(), "the key", PASSWORD);
                } else {
                    VerificationKey.parse(content.get(), "the key");
                }
            } catch (AirworthyException e) {
                assertThat(e).isInstanceOf(InvalidInputException.class).hasMessageStartingWith("the key: ");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(times / 2);
    }

    @Test
    void readsOrRefusesDamagedPublicKeys() throws Exception {
        byte[] der = Pem.parse(Forge.bytes(SoftwareKey.generate().publicKey().pem()), "key")
                .der();
        assertKeyOrRefusal(2_000, () -> pem("PUBLIC KEY", damaged(der, 0, der.length)), false);
    }

    @Test
    void readsOrRefusesDamagedPlainPrivateKeys() throws Exception {
        byte[] der = SoftwareKey.generate().encoded();
        int beforeTheNumber = der.length - 32;
        assertKeyOrRefusal(1_000, () -> pem("PRIVATE KEY", damaged(der, 0, beforeTheNumber)), true);
    }

    @Test
    void readsOrRefusesDamagedEncryptedPkcs8() throws Exception {
        OutputEncryptor encryptor = new JceOpenSSLPKCS8EncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                .setProvider(new BouncyCastleProvider())
                .setPRF(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256))
                .setIterationCount(10)
                .setPassword("secret".toCharArray())
                .build();
        byte[] der = new PKCS8EncryptedPrivateKeyInfoBuilder(
                        SoftwareKey.generate().encoded())
                .build(encryptor)
                .getEncoded();
        assertThat(KeyFiles.parsePrivate(pem("ENCRYPTED PRIVATE KEY", der), "the key", PASSWORD))
                .isNotNull();
        // The count of rounds stays: it may be two millions.
        assertKeyOrRefusal(500, () -> pem("ENCRYPTED PRIVATE KEY", damaged(der, 0, 40)), true);
        assertKeyOrRefusal(500, () -> pem("ENCRYPTED PRIVATE KEY", damaged(der, 60, der.length)), true);
    }

    @Test
    void readsOrRefusesDamagedPkcs12() throws Exception {
        byte[] file = pkcs12File();
        assertThat(KeyFiles.parsePrivate(file.clone(), "the key", PASSWORD)).isNotNull();
        assertKeyOrRefusal(100, () -> damaged(file, 0, file.length), true);
    }

    private static byte[] pkcs12File() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=test");
        byte[] certificate = new X509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        new Time(new DERGeneralizedTime("20260101000000Z")),
                        new Time(new DERGeneralizedTime("20360101000000Z")),
                        name,
                        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                .getEncoded();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", pair.getPrivate(), "secret".toCharArray(), new Certificate[] {
            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate))
        });
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        store.store(file, "secret".toCharArray());
        return file.toByteArray();
    }

    @Test
    void refusesDeepNesting() throws Exception {
        byte[] deep = new byte[40_000];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        assertKeyOrRefusal(1, () -> pem("PRIVATE KEY", deep), true);
        assertKeyOrRefusal(1, () -> pem("ENCRYPTED PRIVATE KEY", deep), true);
        assertKeyOrRefusal(1, deep::clone, true);
    }
}
