package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;

/**
 * Reads key files of cosign, OpenSSL and Java, and writes key files for cosign. Refuses files of more than
 * {@value Pem#MAX_BYTES} bytes, and never overwrites a file.
 */
public final class KeyFiles {
    private KeyFiles() {}

    /** Reads a public key from a PEM file with a {@code PUBLIC KEY}. */
    public static VerificationKey readPublic(Path file) throws AirworthyException {
        return VerificationKey.parse(read(file), file.toString());
    }

    /** Reads a private key of any supported form. */
    public static SoftwareKey readPrivate(Path file, PasswordSource passwords)
            throws AirworthyException, InterruptedException {
        return parsePrivate(read(file), file.toString(), passwords);
    }

    /**
     * Reads a private key: cosign's encrypted PEM; PKCS #8 PEM, plain or encrypted; {@code EC} and {@code RSA PRIVATE
     * KEY}; or a PKCS #12 file. The content is overwritten.
     *
     * @param what the key's name in errors and password prompts
     */
    public static SoftwareKey parsePrivate(byte[] content, String what, PasswordSource passwords)
            throws AirworthyException, InterruptedException {
        try {
            if (!Pem.looksLike(content)) {
                try (KeyPassword password = KeyPassword.ask(passwords, what)) {
                    return SoftwareKey.of(Pkcs12Key.open(content, password, what), what);
                }
            }
            Pem pem = Pem.parse(content, what);
            try {
                return SoftwareKey.of(decode(pem, what, passwords), what);
            } finally {
                pem.wipe();
            }
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static KeyPair decode(Pem pem, String what, PasswordSource passwords)
            throws AirworthyException, InterruptedException {
        return switch (pem.label()) {
            case CosignKeyBox.LABEL, CosignKeyBox.OLD_LABEL -> decrypt(pem, what, passwords, CosignKeyBox::open);
            case "ENCRYPTED PRIVATE KEY" -> decrypt(pem, what, passwords, EncryptedPkcs8::open);
            case "PRIVATE KEY" -> PrivateKeyDecoder.pkcs8(pem.der(), what);
            case "EC PRIVATE KEY" -> PrivateKeyDecoder.sec1(pem.der(), what);
            case "RSA PRIVATE KEY" -> PrivateKeyDecoder.rsa(pem.der(), what);
            case "CERTIFICATE" ->
                throw new InvalidInputException(what + ": is a certificate, which nothing would check here; take its"
                        + " public key with: openssl x509 -pubkey -noout -in FILE");
            case "PUBLIC KEY" ->
                throw new InvalidInputException(what + ": contains no private key, which is needed to sign");
            default -> throw new InvalidInputException(what + ": unsupported kind of key file '" + pem.label() + "'");
        };
    }

    private static KeyPair decrypt(Pem pem, String what, PasswordSource passwords, Opener opener)
            throws AirworthyException, InterruptedException {
        try (KeyPassword password = KeyPassword.ask(passwords, what)) {
            byte[] pkcs8 = opener.open(pem.der(), password, what);
            try {
                return PrivateKeyDecoder.pkcs8(pkcs8, what);
            } finally {
                Arrays.fill(pkcs8, (byte) 0);
            }
        }
    }

    /** A form of encryption. */
    @FunctionalInterface
    private interface Opener {
        byte[] open(byte[] encrypted, KeyPassword password, String what) throws AirworthyException;
    }

    /**
     * Writes a key pair in cosign's formats; the private key is encrypted and readable by its owner only. Refuses an
     * empty password, and a file name that exists.
     */
    public static void writePair(SoftwareKey key, Path privateFile, Path publicFile, PasswordSource passwords)
            throws AirworthyException, InterruptedException {
        byte[] pkcs8 = key.encoded();
        try {
            byte[] open = key.publicKey().pem().getBytes(StandardCharsets.US_ASCII);
            writeSealed(pkcs8, privateFile, open, publicFile, passwords);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    /**
     * The same for a key of a kind that signs no evidence.
     *
     * @param open what the public file says
     */
    public static void writeSealed(
            byte[] pkcs8, Path privateFile, byte[] open, Path publicFile, PasswordSource passwords)
            throws AirworthyException, InterruptedException {
        for (Path file : new Path[] {privateFile, publicFile}) {
            if (Files.exists(file)) {
                throw new InvalidInputException(file + ": exists already and is not overwritten: choose another name");
            }
        }
        NewFile.write(privateFile, encrypt(pkcs8, privateFile.toString(), passwords), true);
        NewFile.write(publicFile, open, false);
    }

    /** Reads what {@link #writeSealed} wrote, as PKCS #8 in DER; the caller overwrites it. */
    public static byte[] readSealed(Path file, PasswordSource passwords)
            throws AirworthyException, InterruptedException {
        String what = file.toString();
        Pem pem = Pem.parse(read(file), what);
        try (KeyPassword password = KeyPassword.ask(passwords, what)) {
            if (!pem.label().equals(CosignKeyBox.LABEL)) {
                throw new InvalidInputException(what + ": is not an encrypted key that Airworthy wrote");
            }
            return CosignKeyBox.open(pem.der(), password, what);
        } finally {
            pem.wipe();
        }
    }

    /** Writes a key as unencrypted PKCS #8 PEM, only for a secret store that encrypts it itself. */
    public static String plainPem(SoftwareKey key) {
        byte[] pkcs8 = key.encoded();
        try {
            return Pem.write("PRIVATE KEY", pkcs8);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static byte[] encrypt(byte[] pkcs8, String what, PasswordSource passwords)
            throws AirworthyException, InterruptedException {
        try (KeyPassword password = KeyPassword.ask(passwords, what)) {
            if (password.isEmpty()) {
                throw new InvalidInputException(what + ": a private key is not written without a password");
            }
            return Pem.write(CosignKeyBox.LABEL, CosignKeyBox.seal(pkcs8, password, what))
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static byte[] read(Path file) throws AirworthyException {
        try (InputStream stream = Files.newInputStream(file)) {
            return BoundedRead.whole(stream, Pem.MAX_BYTES)
                    .orElseThrow(() -> new InvalidInputException(
                            file + ": larger than the " + Pem.MAX_BYTES + " bytes that a key file may have"));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(file + ": there is no such key file", e);
        } catch (IOException e) {
            throw new UndecidedException(file + ": the key file could not be read; check its permissions", e);
        }
    }
}
