package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.sign.KeyFiles;
import io.jenkins.plugins.airworthy.sign.SigningKey;

import java.util.Optional;

/** Reads the private key that an option names, asking for its password if it has one. */
final class SigningKeyFile {
    static final String DESCRIPTION =
            "Sign with this private key, and attach that to the image: cosign's, PKCS #8 in PEM, or PKCS #12. Its password"
                    + " comes from "
                    + KeyPasswords.VARIABLE + " or a prompt.";

    private SigningKeyFile() {}

    static SigningKey read(String option, String file, Surroundings surroundings)
            throws AirworthyException, InterruptedException {
        return KeyFiles.readPrivate(InputFile.of(option, file).path(), new KeyPasswords(surroundings));
    }

    /** The same for an option that may be left out. */
    static Optional<SigningKey> readIfNamed(String option, Optional<String> file, Surroundings surroundings)
            throws AirworthyException, InterruptedException {
        return file.isEmpty() ? Optional.empty() : Optional.of(read(option, file.get(), surroundings));
    }
}
