package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Name;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.util.ArrayList;
import java.util.List;

/** Reads the public keys that an option names. */
final class TrustedKeyFiles {
    static final String DESCRIPTION =
            "A public key (PEM) and the name by which the policy speaks of it. May be given several times.";

    /** How many bytes a key file may have. */
    static final int MAX_BYTES = 64 * 1024;

    private TrustedKeyFiles() {}

    static List<TrustedKey> read(String option, List<String> values) throws AirworthyException {
        List<TrustedKey> keys = new ArrayList<>();
        for (NamedFile named : NamedFile.parse(option, values)) {
            Name.require(named.name(), "a key");
            byte[] pem = named.file().read(MAX_BYTES);
            keys.add(new TrustedKey(named.name(), VerificationKey.parse(pem, option + " " + named.file())));
        }
        return List.copyOf(keys);
    }
}
