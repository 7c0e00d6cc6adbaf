package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.pkcs11.HardwareKey;
import io.jenkins.plugins.airworthy.sign.pkcs11.Pkcs11Uri;

import java.util.Optional;

/** The private key that an option names: a file, or a key in a hardware module. */
final class NamedSigningKey {
    static final String DESCRIPTION =
            "Sign with this private key, and attach the result to the image: cosign's, PKCS #8 in PEM, or PKCS #12; its password"
                    + " comes from "
                    + KeyPasswords.VARIABLE
                    + " or a prompt. Or a key in a hardware module, 'pkcs11:token=...;object=..."
                    + "?module-path=...'; its PIN comes from " + HardwarePins.VARIABLE + " or a prompt.";

    /** The environment variables for the module's library, if the key's name does not contain it; the second is cosign's. */
    private static final String[] MODULE_VARIABLES = {"AIRWORTHY_PKCS11_MODULE", "COSIGN_PKCS11_MODULE_PATH"};

    private NamedSigningKey() {}

    static SigningKey open(Setting named, CommandEnvironment environment)
            throws AirworthyException, InterruptedException {
        return Pkcs11Uri.isMeant(named.value())
                ? inModule(named.value(), environment)
                : KeyFiles.readPrivate(named.file().path(), new KeyPasswords(environment));
    }

    static HardwareKey inModule(String name, CommandEnvironment environment)
            throws AirworthyException, InterruptedException {
        Optional<String> module = environment.firstOf(MODULE_VARIABLES);
        return HardwareKey.open(Pkcs11Uri.parse(name, module), new HardwarePins(environment));
    }
}
