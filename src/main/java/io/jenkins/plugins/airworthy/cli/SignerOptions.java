package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.EvidenceSigner;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;

/** Who signs: a private key, or whoever an identity token names. */
final class SignerOptions {
    @Option(names = "--key", paramLabel = "FILE", description = NamedSigningKey.DESCRIPTION)
    Optional<String> key = Optional.empty();

    @Option(
            names = "--keyless",
            description =
                    "Sign without a key: with a certificate that a Sigstore instance gives out for one signature.")
    boolean keyless;

    @Mixin
    KeylessInstance instance;

    @Option(names = TrustedRootFile.OPTION, paramLabel = "FILE", description = TrustedRootFile.DESCRIPTION)
    Optional<String> trustedRoot = Optional.empty();

    /** The signer; one must be named. */
    EvidenceSigner signer(Surroundings surroundings) throws AirworthyException, InterruptedException {
        return signerIfNamed(surroundings)
                .orElseThrow(() -> new InvalidInputException("who signs is not said: add --key FILE, or --keyless"));
    }

    /** The signer, where one is named. */
    Optional<EvidenceSigner> signerIfNamed(Surroundings surroundings) throws AirworthyException, InterruptedException {
        if (key.isPresent() && keyless) {
            throw new InvalidInputException("--key and --keyless are both given: who shall sign?");
        }
        if (!keyless && (instance.isNamed() || trustedRoot.isPresent())) {
            throw new InvalidInputException(
                    "--signing-config, --trusted-root and --identity-token are for --keyless, which is not given");
        }
        if (keyless) {
            return Optional.of(instance.signer(trustedRoot, surroundings));
        }
        return key.isEmpty() ? Optional.empty() : Optional.of(NamedSigningKey.open("--key", key.get(), surroundings));
    }
}
