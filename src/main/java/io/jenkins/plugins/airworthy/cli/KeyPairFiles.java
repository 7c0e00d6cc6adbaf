package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.nio.file.Path;
import java.util.function.Consumer;

/** The two files of a new key pair. Existing files are never overwritten. */
final class KeyPairFiles extends Options {
    private final Argument output = required(
                    "--output", "PREFIX", "Writes PREFIX.key, encrypted with a password, and PREFIX.pub.")
            .alias("-o");

    Report write(SoftwareKey key, CommandEnvironment environment) throws AirworthyException, InterruptedException {
        Path privateFile = InputFile.of("--output", output.text() + ".key").path();
        Path publicFile = InputFile.of("--output", output.text() + ".pub").path();
        KeyFiles.writePair(key, privateFile, publicFile, new KeyPasswords(environment)::newPassword);
        Report report = describe(
                key.publicKey(),
                page -> page.line(TextStyle.STRONG, "written  ", privateFile + " (keep it safe) and " + publicFile));
        report.document().put("privateKey", privateFile.toString()).put("publicKey", publicFile.toString());
        return report;
    }

    static Report describe(VerificationKey key, Consumer<TextReport> first) {
        ObjectNode document = StrictJson.object()
                .put("schemaVersion", 1)
                .put("algorithm", key.algorithm().toString())
                .put("fingerprint", key.fingerprint())
                .put("pem", key.pem());
        return Report.done(document, page -> {
            first.accept(page);
            page.line("algorithm " + key.algorithm());
            page.line("SHA-256 of the public key " + key.fingerprint());
            key.pem().lines().forEach(page::line);
        });
    }
}
