package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.jenkins.config.credential.SystemCredentials;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.pkcs11.HardwareKey;
import io.jenkins.plugins.airworthy.sign.pkcs11.Pkcs11Uri;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens keys in hardware modules. The PIN is looked up for each signature, and only in a credential that no job may bind. Refuses
 * modules that lie in Jenkins' home: a module's code runs in the controller, and jobs leave files there.
 */
public final class Pkcs11KeyLoader {
    private final SystemCredentials credentials;

    Pkcs11KeyLoader(SystemCredentials credentials) {
        this.credentials = credentials;
    }

    SigningKey open(String uri, String pinCredentialsId, String what) throws AirworthyException, InterruptedException {
        Pkcs11Uri name = parse(uri, what);
        requireSoundModule(name.module(), Jenkins.get().getRootDir().toPath(), what);
        return HardwareKey.open(name, asked -> pin(pinCredentialsId, what));
    }

    private char[] pin(String id, String what) throws InvalidInputException {
        return credentials
                .requireHidden(id, StringCredentials.class, what)
                .getSecret()
                .getPlainText()
                .toCharArray();
    }

    /** Checks a key's name without opening the module. */
    public static Pkcs11Uri parse(String uri, String what) throws InvalidInputException {
        try {
            return Pkcs11Uri.parse(uri);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(what + ": " + e.getMessage(), e);
        }
    }

    /**
     * Refuses a module that is not a file, or that is in a place where jobs may write.
     *
     * @param home of Jenkins
     */
    public static void requireSoundModule(Path module, Path home, String what) throws AirworthyException {
        try {
            Path real = module.toRealPath();
            if (!Files.isRegularFile(real)) {
                throw new InvalidInputException(what + ": the PKCS #11 module " + module + " is not a file");
            }
            if (real.startsWith(home.toRealPath())) {
                throw new InvalidInputException(what + ": the PKCS #11 module " + module + " is in Jenkins' home, where"
                        + " jobs write files: install it where only the system's administrators can write");
            }
        } catch (IOException e) {
            throw new UndecidedException(
                    what + ": there is no PKCS #11 module " + module + " on the controller, or Jenkins may not read it",
                    e);
        }
    }
}
