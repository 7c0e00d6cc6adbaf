package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code ledger key}: makes the key of a ledger, which is for nothing else. */
final class LedgerKeyCommand extends Command {
    private final Argument name = parameter(
            "NAME",
            "The ledger's name in its checkpoints: by custom the URL of the place where it is published, without https://.");

    private final Argument output = required(
                    "--output",
                    "PREFIX",
                    "Writes PREFIX.key, encrypted with a password, and PREFIX.vkey for those who verify.")
            .alias("-o");

    LedgerKeyCommand() {
        super(false);
    }

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy ledger key ledger.example.com/ci --output ledger",
                "      writes ledger.key, encrypted, and ledger.vkey");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        NoteSigner signer = NoteSigner.generate(name.text());
        Path secret = InputFile.of("--output", output.text() + ".key").path();
        Path open = InputFile.of("--output", output.text() + ".vkey").path();
        String text = signer.publicKey().text();
        byte[] pkcs8 = signer.encoded();
        try {
            KeyFiles.writeSealed(
                    pkcs8,
                    secret,
                    (text + "\n").getBytes(StandardCharsets.UTF_8),
                    open,
                    new KeyPasswords(environment)::newPassword);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
        return Report.done(
                StrictJson.object()
                        .put("schemaVersion", 1)
                        .put("privateKey", secret.toString())
                        .put("verifierKey", open.toString())
                        .put("text", text),
                page -> {
                    page.line(TextStyle.STRONG, "written  ", secret + " (keep it safe) and " + open);
                    page.line(text);
                });
    }
}
