package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.KeylessSigner;

import java.util.List;

/**
 * {@code sign-bundle}: signs a file that is not an image, keyless, and writes the bundle to a new file. The options are those of
 * the sigstore-conformance suite's client protocol, except for the token, which is not an argument here.
 */
final class SignBundleCommand extends Command {
    private final Argument bundle = required("--bundle", "FILE", "Where the bundle goes; a new file.");

    private final Argument statement = flag(
            "--in-toto",
            "The file is an in-toto statement with exactly one subject: sign it as a statement, in an envelope.");

    private final KeylessInstance instance = with(new KeylessInstance());

    private final Argument trustedRoot = optional(TrustedRootFile.OPTION, "FILE", TrustedRootFile.DESCRIPTION);

    private final Argument file = parameter("FILE", "The file to sign.");

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy sign-bundle --bundle app.jar.sigstore.json --signing-config signing_config.json \\",
                "      --trusted-root trusted_root.json app.jar");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        KeylessSigner signer = instance.signer(trustedRoot.value(), environment);
        InputFile named = InputFile.of("FILE", file.text());
        byte[] content = named.read(statement.given() ? Statement.MAX_BYTES : VerifyBundleCommand.MAX_FILE_BYTES);
        byte[] made;
        if (statement.given()) {
            Statement.parse(content, named.toString());
            made = signer.signEnvelope(content, file.text());
        } else {
            made = signer.signArtefact(content, file.text());
        }
        OutputFile.create("--bundle", bundle.text(), made);
        ObjectNode document = StrictJson.object().put("schemaVersion", 1);
        document.put("artifact", Digest.of(content).toString()).put("bundle", bundle.text());
        return Report.done(
                document, page -> page.line(TextStyle.GOOD, "signed   ", file.text() + ", in " + bundle.text()));
    }
}
