package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

import java.util.Optional;

/** The signer: a private key, or the identity in an identity token. */
final class SignerOptions extends Options {
    private final Argument key = optional("--key", "FILE", NamedSigningKey.DESCRIPTION);

    private final Argument keyless = flag(
            "--keyless",
            "Sign without a key: with a certificate that a Sigstore instance gives out for one signature.");

    private final KeylessInstance instance = with(new KeylessInstance());

    private final Argument trustedRoot = optional(TrustedRootFile.OPTION, "FILE", TrustedRootFile.DESCRIPTION);

    private final Argument format = optional(EVIDENCE_FORMAT, "FORMAT", EVIDENCE_FORMAT_DESCRIPTION);

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
        if (key.given() && keyless.given()) {
            throw new InvalidInputException("--key and --keyless are both given: keep one");
        }
        if (!keyless.given() && (instance.isNamed() || trustedRoot.given())) {
            throw new InvalidInputException(
                    "--signing-config, --trusted-root and --identity-token are for --keyless, which is not given");
        }
        Optional<Setting> named = keyless.given() ? Optional.empty() : Setting.key(key.value(), environment);
        if (!keyless.given() && named.isEmpty() && format.given()) {
            throw new InvalidInputException(EVIDENCE_FORMAT + " is for what is signed: add --key FILE, or --keyless");
        }
        EvidenceFormat form = named(format.value());
        if (keyless.given()) {
            form.requireKeyless();
            return Optional.of(instance.signer(trustedRoot.value(), environment));
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
