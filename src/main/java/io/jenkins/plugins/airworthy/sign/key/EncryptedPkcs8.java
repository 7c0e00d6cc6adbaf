package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * An encrypted PKCS #8 key: PBES2 with PBKDF2 and AES in CBC mode (<a href="https://www.rfc-editor.org/rfc/rfc8018">RFC 8018</a>),
 * OpenSSL's default. Refuses PBES1 and every other scheme, and more iterations than {@value #MAX_ITERATIONS}.
 */
final class EncryptedPkcs8 {
    /** Maximum number of PBKDF2 iterations: they take a few seconds. */
    static final int MAX_ITERATIONS = 2_000_000;

    private static final String CONVERT = ": convert it with 'openssl pkcs8 -topk8 -v2 aes-256-cbc'";

    private EncryptedPkcs8() {}

    /** Decrypts the key; the caller overwrites the PKCS #8 bytes after use. */
    static byte[] open(byte[] der, KeyPassword password, String what) throws InvalidInputException {
        EncryptedPrivateKeyInfo info = PrivateKeyDecoder.asn1(der, EncryptedPrivateKeyInfo::getInstance, what);
        AlgorithmIdentifier scheme = info.getEncryptionAlgorithm();
        if (!scheme.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            throw new InvalidInputException(what + ": encrypted with an old, weak scheme (not PBES2)" + CONVERT);
        }
        PBES2Parameters parameters = PrivateKeyDecoder.view(scheme.getParameters(), PBES2Parameters::getInstance, what);
        AlgorithmIdentifier cipher = AlgorithmIdentifier.getInstance(parameters.getEncryptionScheme());
        int keyBytes = aesKeyBytes(cipher.getAlgorithm(), what);
        byte[] iv = PrivateKeyDecoder.view(cipher.getParameters(), ASN1OctetString::getInstance, what)
                .getOctets();
        if (iv.length != 16) {
            throw new InvalidInputException(what + ": damaged: the initialisation vector has the wrong length");
        }
        KeyParameter key = deriveKey(parameters, password, keyBytes, what);
        return decrypt(info.getEncryptedData(), new ParametersWithIV(key, iv), what);
    }

    private static KeyParameter deriveKey(PBES2Parameters parameters, KeyPassword password, int keyBytes, String what)
            throws InvalidInputException {
        AlgorithmIdentifier function = AlgorithmIdentifier.getInstance(parameters.getKeyDerivationFunc());
        if (!function.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
            throw new InvalidInputException(
                    what + ": its password is not processed with PBKDF2, the only supported method" + CONVERT);
        }
        PBKDF2Params derivation = PrivateKeyDecoder.view(function.getParameters(), PBKDF2Params::getInstance, what);
        BigInteger iterations = derivation.getIterationCount();
        if (iterations.signum() <= 0 || iterations.compareTo(BigInteger.valueOf(MAX_ITERATIONS)) > 0) {
            throw new InvalidInputException(
                    what + ": asks for more than " + MAX_ITERATIONS + " rounds of PBKDF2" + CONVERT);
        }
        BigInteger length = derivation.getKeyLength();
        if (length != null && !length.equals(BigInteger.valueOf(keyBytes))) {
            throw new InvalidInputException(what + ": damaged: key length and cipher disagree");
        }
        PKCS5S2ParametersGenerator generator =
                new PKCS5S2ParametersGenerator(digest(derivation.getPrf().getAlgorithm(), what));
        generator.init(password.utf8(), derivation.getSalt(), iterations.intValueExact());
        return (KeyParameter) generator.generateDerivedParameters(keyBytes * Byte.SIZE);
    }

    private static byte[] decrypt(byte[] ciphertext, ParametersWithIV key, String what) throws InvalidInputException {
        PaddedBufferedBlockCipher cipher =
                new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(AESEngine.newInstance()), new PKCS7Padding());
        cipher.init(false, key);
        byte[] padded = new byte[cipher.getOutputSize(ciphertext.length)];
        try {
            int length = cipher.processBytes(ciphertext, 0, ciphertext.length, padded, 0);
            length += cipher.doFinal(padded, length);
            return Arrays.copyOf(padded, length);
        } catch (InvalidCipherTextException | RuntimeException e) { // the library throws unchecked for a wrong length
            throw wrongPassword(what, e);
        } finally {
            Arrays.fill(padded, (byte) 0);
        }
    }

    /** The failure for a wrong password or damaged key: the format has no checksum that distinguishes them. */
    static InvalidInputException wrongPassword(String what, Throwable cause) {
        return new InvalidInputException(what + ": wrong password (or, less likely, the file is damaged)", cause);
    }

    private static int aesKeyBytes(ASN1ObjectIdentifier cipher, String what) throws InvalidInputException {
        if (cipher.equals(NISTObjectIdentifiers.id_aes128_CBC)) {
            return 16;
        }
        if (cipher.equals(NISTObjectIdentifiers.id_aes192_CBC)) {
            return 24;
        }
        if (cipher.equals(NISTObjectIdentifiers.id_aes256_CBC)) {
            return 32;
        }
        throw new InvalidInputException(what + ": encrypted with another cipher than AES-CBC" + CONVERT);
    }

    private static Digest digest(ASN1ObjectIdentifier prf, String what) throws InvalidInputException {
        if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA1)) {
            return new SHA1Digest(); // secure in a MAC, and the default of OpenSSL 1.0
        }
        if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA256)) {
            return SHA256Digest.newInstance();
        }
        if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA384)) {
            return new SHA384Digest();
        }
        if (prf.equals(PKCSObjectIdentifiers.id_hmacWithSHA512)) {
            return new SHA512Digest();
        }
        throw new InvalidInputException(what + ": its password is processed with an unsupported hash" + CONVERT);
    }
}
