package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.sign.KeyFiles;
import io.jenkins.plugins.airworthy.sign.SigningKey;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Fetches the private half of a key from where it is kept. Refuses one that does not belong to the key's public half. */
final class KeyVault {
    private final Optional<Run<?, ?>> run;

    KeyVault(Optional<Run<?, ?>> run) {
        this.run = run;
    }

    SigningKey open(KeyEntry entry) throws AirworthyException, InterruptedException {
        Secret sealed = entry.getPrivateKey();
        if (sealed == null) {
            throw new UndecidedException(entry + " cannot be opened by "
                    + run.map(Run::getFullDisplayName).orElse("nobody"));
        }
        SigningKey key = KeyFiles.parsePrivate(
                sealed.getPlainText().getBytes(StandardCharsets.US_ASCII),
                "the private half of " + entry,
                what -> new char[0]);
        if (!key.publicKey().equals(entry.verificationKey())) {
            throw new InvalidInputException(entry + ": its private half does not belong to its public half");
        }
        return key;
    }
}
