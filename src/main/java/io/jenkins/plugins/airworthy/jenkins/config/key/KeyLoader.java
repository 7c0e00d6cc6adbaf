package io.jenkins.plugins.airworthy.jenkins.config.key;

import com.cloudbees.plugins.credentials.common.CertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialFile;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialUse;
import io.jenkins.plugins.airworthy.jenkins.config.credential.SystemCredentials;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.PasswordSource;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

import java.nio.charset.StandardCharsets;

/**
 * Fetches the private half of a key from where it is kept: sealed in the configuration, in a credential of Jenkins itself that no
 * job may bind, or in a hardware module, where it stays. Refuses one that does not belong to the key's public half.
 */
public final class KeyLoader {
    private final SystemCredentials credentials;

    KeyLoader(CredentialUse use) {
        this.credentials = new SystemCredentials(use);
    }

    SigningKey open(KeyEntry entry) throws AirworthyException, InterruptedException {
        SigningKey key = find(entry);
        requirePair(key, entry);
        return key;
    }

    private SigningKey find(KeyEntry entry) throws AirworthyException, InterruptedException {
        if (entry.isInHardware()) {
            return new Pkcs11KeyLoader(credentials)
                    .open(entry.getHardwareKey(), entry.getPinCredentialsId(), entry.toString());
        }
        Secret sealed = entry.getPrivateKey();
        return sealed == null
                ? fetch(entry.getCredentialsId(), entry.getPasswordCredentialsId(), entry.toString())
                : unseal(sealed, entry.toString());
    }

    /** Fills in the public half where only the private one was given, or checks that both belong together. */
    public static void complete(KeyEntry entry) throws AirworthyException, InterruptedException {
        Secret sealed = entry.getPrivateKey();
        if (sealed == null) {
            return;
        }
        SoftwareKey key = unseal(sealed, entry.toString());
        if (entry.getPublicKey().isBlank()) {
            entry.setPublicKey(key.publicKey().pem());
        }
        requirePair(key, entry);
    }

    private static void requirePair(SigningKey key, KeyEntry entry) throws InvalidInputException {
        if (!key.publicKey().equals(entry.verificationKey())) {
            throw new InvalidInputException(entry + ": its private half does not belong to its public half");
        }
    }

    /** A key in PEM that only Jenkins encrypts. */
    static SoftwareKey unseal(Secret sealed, String what) throws AirworthyException, InterruptedException {
        return KeyFiles.parsePrivate(
                sealed.getPlainText().getBytes(StandardCharsets.UTF_8), "the private half of " + what, asked -> {
                    throw new InvalidInputException(asked
                            + ": is encrypted with a password: import it on the page of the keys, or put it into a"
                            + " credential and its password into another");
                });
    }

    /** A key in a credential: a secret file, a secret text, or a certificate. */
    SoftwareKey fetch(String id, String passwordId, String what) throws AirworthyException, InterruptedException {
        StandardCredentials credential = credentials.requireHidden(id, StandardCredentials.class, what);
        String name = "the private half of " + what + " in the credential '" + id + "'";
        if (credential instanceof CertificateCredentials certificate) {
            return CredentialFile.key(certificate, name);
        }
        PasswordSource password = asked -> password(passwordId, asked);
        if (credential instanceof FileCredentials file) {
            return KeyFiles.parsePrivate(CredentialFile.read(file, name), name, password);
        }
        if (credential instanceof StringCredentials text) {
            byte[] pem = text.getSecret().getPlainText().getBytes(StandardCharsets.UTF_8);
            return KeyFiles.parsePrivate(pem, name, password);
        }
        throw new InvalidInputException(
                what + ": the credential '" + id + "' is neither a secret file, a secret text nor a certificate");
    }

    private char[] password(String id, String asked) throws InvalidInputException {
        if (id.isEmpty()) {
            throw new InvalidInputException(
                    asked + ": is encrypted: name the credential that holds its password, a secret text");
        }
        return credentials
                .requireHidden(id, StringCredentials.class, asked)
                .getSecret()
                .getPlainText()
                .toCharArray();
    }
}
