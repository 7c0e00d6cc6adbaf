package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code key import}: converts a key of another program to the file format of cosign and this program. */
@picocli.CommandLine.Command(
        footer = {
            "  airworthy key import openssl.pem --output release",
            "      reads PKCS #8, EC, RSA or cosign's PEM, or PKCS #12; writes release.key and release.pub",
        })
final class KeyImportCommand extends Command {
    @Parameters(paramLabel = "FILE", description = "The private key to read.")
    String file;

    @Mixin
    KeyPairFiles files;

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        return files.write(
                KeyFiles.readPrivate(InputFile.of("FILE", file).path(), new KeyPasswords(environment)), environment);
    }
}
