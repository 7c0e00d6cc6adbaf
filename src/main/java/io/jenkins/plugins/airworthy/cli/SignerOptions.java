package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Optional;

/** The signer: a private key, or the identity in an identity token. */
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

    @Option(names = EVIDENCE_FORMAT, paramLabel = "FORMAT", description = EVIDENCE_FORMAT_DESCRIPTION)
    Optional<String> format = Optional.empty();

    static final String EVIDENCE_FORMAT = "--evidence-format";
    static final String EVIDENCE_FORMAT_DESCRIPTION =
            "How it is attached: bundle (default), or legacy, at the tags .sig and .att for verifiers of cosign's older"
                    + " format; legacy needs a key.";

    /** The signer, which is required. */
    StatementSigner signer(CommandEnvironment environment) throws AirworthyException, InterruptedException {
        return signerIfNamed(environment)
                .orElseThrow(() -> new InvalidInputException("no signer given: add --key FILE or --keyless"));
    }

    /** The signer, if one is given. */
    Optional<StatementSigner> signerIfNamed(CommandEnvironment environment)
            throws AirworthyException, InterruptedException {
        if (key.isPresent() && keyless) {
            throw new InvalidInputException("--key and --keyless are both given: keep one");
        }
        if (!keyless && (instance.isNamed() || trustedRoot.isPresent())) {
            throw new InvalidInputException(
                    "--signing-config, --trusted-root and --identity-token are for --keyless, which is not given");
        }
        Optional<Setting> named = keyless ? Optional.empty() : Setting.key(key, environment);
        if (!keyless && named.isEmpty() && format.isPresent()) {
            throw new InvalidInputException(EVIDENCE_FORMAT + " is for what is signed: add --key FILE, or --keyless");
        }
        EvidenceFormat form = named(format);
        if (keyless) {
            form.requireKeyless();
            return Optional.of(instance.signer(trustedRoot, environment));
        }
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of(new KeySigner(NamedSigningKey.open(named.get(), environment), form));
    }

    /** The given format, or the default. */
    static EvidenceFormat named(Optional<String> format) throws InvalidInputException {
        return format.isEmpty() ? EvidenceFormat.BUNDLE : EvidenceFormat.parse(format.get(), EVIDENCE_FORMAT);
    }
}
