package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
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

    static SigstoreTrust read(String file, CommandEnvironment surroundings) throws AirworthyException {
        InputFile named = InputFile.of(OPTION, file);
        return new SigstoreTrust(
                TrustedRoot.parse(named.read(TrustedRoot.MAX_BYTES), named.toString()), surroundings.clock());
    }

    static Optional<CertificateTrust> readIfNamed(Optional<String> file, CommandEnvironment surroundings)
            throws AirworthyException {
        return file.isEmpty() ? Optional.empty() : Optional.of(read(file.get(), surroundings));
    }
}
