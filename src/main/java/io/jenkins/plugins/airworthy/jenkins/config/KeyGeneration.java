package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.util.Secret;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.sign.KeyFiles;
import io.jenkins.plugins.airworthy.sign.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.VerificationKey;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Makes keys, and takes in keys from files. What comes out holds its private half only as a Jenkins secret. */
public final class KeyGeneration {
    private final InstantSource clock;

    public KeyGeneration(InstantSource clock) {
        this.clock = clock;
    }

    /** A new key (ECDSA on P-256), active, without roles. */
    public KeyEntry generate(String name) {
        return sealed(name, SoftwareKey.generate());
    }

    /**
     * A key from a file: PEM, cosign's, or PKCS #12. The file's bytes are overwritten.
     *
     * @param password empty where the file has none; a copy of it is overwritten after use
     */
    public KeyEntry imported(String name, byte[] file, char[] password)
            throws AirworthyException, InterruptedException {
        return sealed(name, KeyFiles.parsePrivate(file, "the file of key '" + name + "'", what -> password.clone()));
    }

    /**
     * A key that stays in a credential of Jenkins itself, with scope System: a secret file or text (PEM, cosign's), or a certificate.
     *
     * @param passwordCredentialsId a secret text with the key's password; empty where it has none
     */
    public KeyEntry inCredential(String name, String credentialsId, String passwordCredentialsId)
            throws AirworthyException, InterruptedException {
        SoftwareKey key =
                new KeyVault(CredentialUse.UNTRACKED).fetch(credentialsId, passwordCredentialsId, "key '" + name + "'");
        KeyEntry entry = entry(name, key.publicKey());
        entry.setCredentialsId(credentialsId);
        entry.setPasswordCredentialsId(passwordCredentialsId);
        return entry;
    }

    /** A key that only verifies. */
    public KeyEntry verifying(String name, String publicKeyPem) throws AirworthyException {
        return entry(
                name,
                VerificationKey.parse(
                        publicKeyPem.getBytes(StandardCharsets.UTF_8), "the public key of '" + name + "'"));
    }

    private KeyEntry sealed(String name, SoftwareKey key) {
        KeyEntry entry = entry(name, key.publicKey());
        entry.setPrivateKey(Secret.fromString(KeyFiles.plainPem(key)));
        return entry;
    }

    private KeyEntry entry(String name, VerificationKey key) {
        KeyEntry entry = new KeyEntry(name);
        entry.setPublicKey(key.pem());
        entry.setCreated(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return entry;
    }
}
