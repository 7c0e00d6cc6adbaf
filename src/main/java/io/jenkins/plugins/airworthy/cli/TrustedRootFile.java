package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;

import java.util.Optional;

/** Reads the trusted root that an option names. */
final class TrustedRootFile {
    static final String OPTION = "--trusted-root";
    static final String DESCRIPTION =
            "The authorities and logs of a Sigstore instance (trusted_root.json), for signatures with certificates.";

    private TrustedRootFile() {}

    private static SigstoreTrust read(Setting setting, CommandEnvironment environment) throws AirworthyException {
        InputFile named = setting.file();
        return new SigstoreTrust(
                TrustedRoot.parse(named.read(TrustedRoot.MAX_BYTES), "trusted root " + named), environment.clock());
    }

    static Optional<CertificateTrust> readIfNamed(Optional<String> file, CommandEnvironment environment)
            throws AirworthyException {
        Optional<Setting> setting = Setting.trustedRoot(file, environment);
        return setting.isEmpty() ? Optional.empty() : Optional.of(read(setting.get(), environment));
    }

    /** The same where it is needed. */
    static SigstoreTrust read(Optional<String> file, CommandEnvironment environment) throws AirworthyException {
        Optional<Setting> setting = Setting.trustedRoot(file, environment);
        if (setting.isEmpty()) {
            throw new InvalidInputException(
                    "no trusted root is named: add " + OPTION + " FILE, or set " + Setting.TRUSTED_ROOT);
        }
        return read(setting.get(), environment);
    }
}
