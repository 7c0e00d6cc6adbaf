package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.KeylessSigner;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Optional;

/**
 * {@code sign-bundle}: signs a file that is not an image, keyless, and writes the bundle to a new file. The options are those of
 * the sigstore-conformance suite's client protocol, except for the token, which is not an argument here.
 */
@picocli.CommandLine.Command(
        footer = {
            "  airworthy sign-bundle --bundle app.jar.sigstore.json --signing-config signing_config.json \\",
            "      --trusted-root trusted_root.json app.jar"
        })
final class SignBundleCommand extends Command {
    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            required = true,
            description = "Where the bundle goes; a new file.")
    String bundle;

    @Option(
            names = "--in-toto",
            description =
                    "The file is an in-toto statement with exactly one subject: sign it as a statement, in an envelope.")
    boolean statement;

    @Mixin
    KeylessInstance instance;

    @Option(names = TrustedRootFile.OPTION, paramLabel = "FILE", description = TrustedRootFile.DESCRIPTION)
    Optional<String> trustedRoot = Optional.empty();

    @Parameters(paramLabel = "FILE", description = "The file to sign.")
    String file;

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        KeylessSigner signer = instance.signer(trustedRoot, environment);
        InputFile named = InputFile.of("FILE", file);
        byte[] content = named.read(statement ? Statement.MAX_BYTES : VerifyBundleCommand.MAX_FILE_BYTES);
        byte[] made;
        if (statement) {
            Statement.parse(content, named.toString());
            made = signer.signEnvelope(content, file);
        } else {
            made = signer.signArtefact(content, file);
        }
        OutputFile.create("--bundle", bundle, made);
        ObjectNode document = StrictJson.object().put("schemaVersion", 1);
        document.put("artifact", Digest.of(content).toString()).put("bundle", bundle);
        return Report.done(document, page -> page.line(TextStyle.GOOD, "signed   ", file + ", in " + bundle));
    }
}
