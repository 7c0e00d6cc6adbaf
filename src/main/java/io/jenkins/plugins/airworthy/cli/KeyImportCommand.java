package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;

import java.util.List;

/** {@code key import}: converts a key of another program to the file format of cosign and this program. */
final class KeyImportCommand extends Command {
    private final Argument file = parameter("FILE", "The private key to read.");

    private final KeyPairFiles files = with(new KeyPairFiles());

    KeyImportCommand() {
        super(false);
    }

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy key import openssl.pem --output release",
                "      reads PKCS #8, EC, RSA or cosign's PEM, or PKCS #12; writes release.key and release.pub");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        return files.write(
                KeyFiles.readPrivate(InputFile.of("FILE", file.text()).path(), new KeyPasswords(environment)),
                environment);
    }
}
