package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.http.EnvironmentProxies;
import io.jenkins.plugins.airworthy.sign.bundle.KeylessSigner;
import io.jenkins.plugins.airworthy.sign.keyless.IdentityToken;
import io.jenkins.plugins.airworthy.sign.keyless.SigningConfig;
import io.jenkins.plugins.airworthy.sign.keyless.SigstoreServices;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The Sigstore instance and the identity to sign with. The identity token is a secret and so never an argument itself. */
final class KeylessInstance extends Options {
    /** The environment variables for a token; the second is cosign's. */
    private static final List<String> VARIABLES = List.of("AIRWORTHY_IDENTITY_TOKEN", "SIGSTORE_ID_TOKEN");

    private final Argument signingConfig = optional(
            "--signing-config", "FILE", "The services of the Sigstore instance to sign with (signing_config.json).");

    private final Argument identityToken = optional(
            "--identity-token",
            "FILE",
            "A file with the identity token (a JSON web token). Default: the environment variable"
                    + " AIRWORTHY_IDENTITY_TOKEN or SIGSTORE_ID_TOKEN.");

    boolean isNamed() {
        return signingConfig.given() || identityToken.given();
    }

    /**
     * Makes a signer.
     *
     * @param trustedRoot the file for verifying each bundle before it is published
     */
    KeylessSigner signer(Optional<String> trustedRoot, CommandEnvironment environment) throws AirworthyException {
        InputFile config = InputFile.of("--signing-config", named("--signing-config", signingConfig.value()));
        SigningConfig services = SigningConfig.parse(config.read(SigningConfig.MAX_BYTES), config.toString());
        // Read before every signature: the issuer may have put a new token into the file meanwhile.
        return new KeylessSigner(
                new SigstoreServices(
                        services,
                        environment.clock(),
                        EnvironmentProxies.of(environment.variables(), System.getProperties())),
                TrustedRootFile.read(trustedRoot, environment),
                () -> token(environment));
    }

    private static String named(String option, Optional<String> file) throws InvalidInputException {
        return file.orElseThrow(() ->
                new InvalidInputException("to sign without a key, add " + option + " FILE of your Sigstore instance"));
    }

    private IdentityToken token(CommandEnvironment environment) throws AirworthyException {
        if (identityToken.given()) {
            byte[] text = InputFile.of("--identity-token", identityToken.text()).read(IdentityToken.MAX_LENGTH);
            return IdentityToken.parse(
                    new String(text, StandardCharsets.US_ASCII),
                    "--identity-token " + identityToken.text(),
                    environment.clock().instant());
        }
        for (String variable : VARIABLES) {
            Optional<String> token = environment.variable(variable).filter(text -> !text.isBlank());
            if (token.isPresent()) {
                return IdentityToken.parse(
                        token.get(),
                        "the environment variable " + variable,
                        environment.clock().instant());
            }
        }
        throw new InvalidInputException("to sign without a key, an identity token is needed: set the environment"
                + " variable " + VARIABLES.get(0) + ", or add --identity-token FILE");
    }
}
