package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;
import picocli.CommandLine.Mixin;

/** {@code key generate}: generates a key pair like cosign's (ECDSA on P-256). */
@picocli.CommandLine.Command(
        footer = {
            "  airworthy key generate --output release",
            "      writes release.key, encrypted, and release.pub",
        })
final class KeyGenerateCommand extends Command {
    @Mixin
    KeyPairFiles files;

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        return files.write(SoftwareKey.generate(), environment);
    }
}
