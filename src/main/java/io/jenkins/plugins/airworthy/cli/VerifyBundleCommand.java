package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.Artefact;
import io.jenkins.plugins.airworthy.sign.bundle.ArtefactVerifier;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code verify-bundle}: says whether a Sigstore bundle is a signature of a file by an identity or a key. The options are
 * those of the sigstore-conformance suite's client protocol.
 */
@picocli.CommandLine.Command(
        footer = {
            "  airworthy verify-bundle --bundle app.jar.sigstore.json --trusted-root trusted_root.json \\",
            "      --certificate-identity https://jenkins.example.com/job/app/ \\",
            "      --certificate-oidc-issuer https://jenkins.example.com/oidc app.jar",
            "  airworthy verify-bundle --bundle app.jar.sigstore.json --trusted-root trusted_root.json \\",
            "      --key release.pub app.jar"
        })
final class VerifyBundleCommand extends Command {
    /** The largest file that is read; for a larger one the digest must be given. */
    static final int MAX_FILE_BYTES = 512 * 1024 * 1024;

    private static final int MAX_BUNDLE_BYTES = 64 * 1024 * 1024;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern OTHER_DIGEST = Pattern.compile("(?i)sha[0-9]{3}:[0-9a-f]+");

    @Option(names = "--bundle", paramLabel = "FILE", required = true, description = "The Sigstore bundle.")
    String bundle;

    @Option(
            names = "--certificate-identity",
            paramLabel = "SUBJECT",
            description =
                    "Who must have signed: the e-mail address or URI in the certificate. Exact, or a pattern as in"
                            + " a policy.")
    Optional<String> identity = Optional.empty();

    @Option(
            names = "--certificate-oidc-issuer",
            paramLabel = "URL",
            description = "The identity provider that must have vouched for the signer.")
    Optional<String> issuer = Optional.empty();

    @Option(names = "--key", paramLabel = "FILE", description = "Instead of an identity: the public key (PEM).")
    Optional<String> key = Optional.empty();

    @Option(names = TrustedRootFile.OPTION, paramLabel = "FILE", description = TrustedRootFile.DESCRIPTION)
    Optional<String> trustedRoot = Optional.empty();

    @Parameters(paramLabel = "FILE", description = "The file that was signed, or its digest (sha256:...).")
    String file;

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException {
        if (key.isPresent() == identity.isPresent() || identity.isPresent() != issuer.isPresent()) {
            throw new InvalidInputException(
                    "name one expected signer: either --certificate-identity with --certificate-oidc-issuer, or --key");
        }
        ArtefactVerifier verifier = new ArtefactVerifier(TrustedRootFile.read(trustedRoot, environment));
        InputFile named = InputFile.of("--bundle", bundle);
        byte[] content = named.read(MAX_BUNDLE_BYTES);
        Artefact artefact = artefact();
        Check check = check(verifier, content, "bundle " + named, artefact);
        ObjectNode document = StrictJson.object().put("schemaVersion", 1);
        document.put("artifact", artefact.digest().toString());
        try {
            Signer signer = check.run();
            document.put("verified", true).put("signer", signer.label());
            return Report.done(
                    document, page -> page.line(TextStyle.GOOD, "verified ", file + ": by " + signer.label()));
        } catch (InvalidInputException e) {
            document.put("verified", false).put("reason", e.getMessage());
            return new Report(
                    ExitStatus.REFUSED, document, page -> page.line(TextStyle.BAD, "refused  ", e.getMessage()));
        }
    }

    /** A refused bundle is an answer; invalid arguments are an error. */
    @FunctionalInterface
    private interface Check {
        Signer run() throws InvalidInputException;
    }

    private Check check(ArtefactVerifier verifier, byte[] content, String what, Artefact artefact)
            throws AirworthyException {
        if (key.isPresent()) {
            byte[] pem = InputFile.of("--key", key.get()).read(TrustedKeyFiles.MAX_BYTES);
            TrustedKey trusted = new TrustedKey(key.get(), VerificationKey.parse(pem, "--key " + key.get()));
            return () -> verifier.verify(content, what, artefact, trusted);
        }
        IdentityPattern expected = IdentityPattern.of(issuer.orElseThrow(), identity.orElseThrow());
        return () -> verifier.verify(content, what, artefact, expected);
    }

    private Artefact artefact() throws AirworthyException {
        if (DIGEST.matcher(file).matches() && Files.notExists(Path.of(file))) {
            return Artefact.of(Digest.parse(file));
        }
        if (OTHER_DIGEST.matcher(file).matches() && Files.notExists(Path.of(file))) {
            throw new InvalidInputException(
                    "'" + file + "' is a digest that is not read here: give the file, or its SHA-256"
                            + " in lower case (sha256:...); statements that name their subject by another digest alone cannot be verified");
        }
        return Artefact.of(InputFile.of("FILE", file).read(MAX_FILE_BYTES));
    }
}
