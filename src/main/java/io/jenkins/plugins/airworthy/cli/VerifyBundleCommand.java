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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code verify-bundle}: says whether a Sigstore bundle is a signature of a file by an identity or a key. The options are
 * those of the sigstore-conformance suite's client protocol.
 */
final class VerifyBundleCommand extends Command {
    /** The largest file that is read; for a larger one the digest must be given. */
    static final int MAX_FILE_BYTES = 512 * 1024 * 1024;

    private static final int MAX_BUNDLE_BYTES = 64 * 1024 * 1024;
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern OTHER_DIGEST = Pattern.compile("(?i)sha[0-9]{3}:[0-9a-f]+");

    private final Argument bundle = required("--bundle", "FILE", "The Sigstore bundle.");

    private final Argument identity = optional(
            "--certificate-identity",
            "SUBJECT",
            "Who must have signed: the e-mail address or URI in the certificate. Exact, or a pattern as in"
                    + " a policy.");

    private final Argument issuer = optional(
            "--certificate-oidc-issuer", "URL", "The identity provider that must have vouched for the signer.");

    private final Argument key = optional("--key", "FILE", "Instead of an identity: the public key (PEM).");

    private final Argument trustedRoot = optional(TrustedRootFile.OPTION, "FILE", TrustedRootFile.DESCRIPTION);

    private final Argument file = parameter("FILE", "The file that was signed, or its digest (sha256:...).");

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy verify-bundle --bundle app.jar.sigstore.json --trusted-root trusted_root.json \\",
                "      --certificate-identity https://jenkins.example.com/job/app/ \\",
                "      --certificate-oidc-issuer https://jenkins.example.com/oidc app.jar",
                "  airworthy verify-bundle --bundle app.jar.sigstore.json --trusted-root trusted_root.json \\",
                "      --key release.pub app.jar");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException {
        if (key.given() == identity.given() || identity.given() != issuer.given()) {
            throw new InvalidInputException(
                    "name one expected signer: either --certificate-identity with --certificate-oidc-issuer, or --key");
        }
        ArtefactVerifier verifier = new ArtefactVerifier(TrustedRootFile.read(trustedRoot.value(), environment));
        InputFile named = InputFile.of("--bundle", bundle.text());
        byte[] content = named.read(MAX_BUNDLE_BYTES);
        Artefact artefact = artefact();
        Check check = check(verifier, content, "bundle " + named, artefact);
        ObjectNode document = StrictJson.object().put("schemaVersion", 1);
        document.put("artifact", artefact.digest().toString());
        try {
            Signer signer = check.run();
            document.put("verified", true).put("signer", signer.label());
            document.putArray("signers").add(signer.toJson());
            return Report.done(
                    document, page -> page.line(TextStyle.GOOD, "verified ", file.text() + ": by " + signer.label()));
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
        if (key.given()) {
            byte[] pem = InputFile.of("--key", key.text()).read(TrustedKeyFiles.MAX_BYTES);
            TrustedKey trusted = new TrustedKey(key.text(), VerificationKey.parse(pem, "--key " + key.text()));
            return () -> verifier.verify(content, what, artefact, trusted);
        }
        IdentityPattern expected = IdentityPattern.of(
                issuer.value().orElseThrow(), identity.value().orElseThrow());
        return () -> verifier.verify(content, what, artefact, expected);
    }

    private Artefact artefact() throws AirworthyException {
        if (DIGEST.matcher(file.text()).matches() && Files.notExists(Path.of(file.text()))) {
            return Artefact.of(Digest.parse(file.text()));
        }
        if (OTHER_DIGEST.matcher(file.text()).matches() && Files.notExists(Path.of(file.text()))) {
            throw new InvalidInputException(
                    "'" + file.text() + "' is a digest that is not read here: give the file, or its SHA-256"
                            + " in lower case (sha256:...); statements that name their subject by another digest alone cannot be verified");
        }
        return Artefact.of(InputFile.of("FILE", file.text()).read(MAX_FILE_BYTES));
    }
}
