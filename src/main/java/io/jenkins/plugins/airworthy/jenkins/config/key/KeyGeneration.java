package io.jenkins.plugins.airworthy.jenkins.config.key;

import hudson.util.Secret;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.credential.CredentialUse;
import io.jenkins.plugins.airworthy.jenkins.config.credential.SystemCredentials;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Generates keys and imports keys from files. The resulting entries hold the private half only as a Jenkins secret. */
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
     * Imports a key from a file: PEM, cosign's, or PKCS #12. The file's bytes are overwritten.
     *
     * @param password empty if the file has none; a copy of it is overwritten after use
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
        SoftwareKey key = new KeyLoader(CredentialUse.UNTRACKED)
                .fetch(credentialsId, passwordCredentialsId, "key '" + name + "'");
        if (!passwordCredentialsId.isEmpty()) {
            new SystemCredentials(CredentialUse.UNTRACKED)
                    .requireHidden(
                            passwordCredentialsId, StringCredentials.class, "the password of key '" + name + "'");
        }
        KeyEntry entry = entry(name, key.publicKey());
        entry.setCredentialsId(credentialsId);
        entry.setPasswordCredentialsId(passwordCredentialsId);
        return entry;
    }

    /**
     * A key that stays in a hardware module.
     *
     * @param hardwareKey its name, {@code pkcs11:…}
     * @param pinCredentialsId a secret text of Jenkins itself, with scope System, that holds the PIN
     */
    public KeyEntry inHardware(String name, String hardwareKey, String pinCredentialsId)
            throws AirworthyException, InterruptedException {
        SigningKey key = new Pkcs11KeyLoader(new SystemCredentials(CredentialUse.UNTRACKED))
                .open(hardwareKey, pinCredentialsId, "key '" + name + "'");
        KeyEntry entry = entry(name, key.publicKey());
        entry.setHardwareKey(hardwareKey);
        entry.setPinCredentialsId(pinCredentialsId);
        return entry;
    }

    /** What is wrong with the name of a key in hardware, as far as that shows without its PIN; nothing is loaded. */
    public static void checkHardware(String hardwareKey) throws AirworthyException {
        Pkcs11KeyLoader.requireSoundModule(
                Pkcs11KeyLoader.parse(hardwareKey, "the key").module(),
                Jenkins.get().getRootDir().toPath(),
                "the key");
    }

    /**
     * A signer without a key.
     *
     * @param identityCredentialsId a secret text of Jenkins itself, with scope System, that holds an identity token
     */
    public KeyEntry keyless(String name, String identityCredentialsId) throws InvalidInputException {
        new SystemCredentials(CredentialUse.UNTRACKED)
                .requireHidden(identityCredentialsId, StringCredentials.class, "key '" + name + "'");
        KeyEntry entry = dated(name);
        entry.setIdentityCredentialsId(identityCredentialsId);
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
        entry.setMadeHere(true);
        return entry;
    }

    private KeyEntry entry(String name, VerificationKey key) {
        KeyEntry entry = dated(name);
        entry.setPublicKey(key.pem());
        return entry;
    }

    private KeyEntry dated(String name) {
        KeyEntry entry = new KeyEntry(name);
        entry.setCreated(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return entry;
    }
}
