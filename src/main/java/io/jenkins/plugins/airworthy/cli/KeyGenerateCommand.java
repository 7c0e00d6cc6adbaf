package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.sign.key.SoftwareKey;

import java.util.List;

/** {@code key generate}: generates a key pair like cosign's (ECDSA on P-256). */
final class KeyGenerateCommand extends Command {
    private final KeyPairFiles files = with(new KeyPairFiles());

    KeyGenerateCommand() {
        super(false);
    }

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy key generate --output release", "      writes release.key, encrypted, and release.pub");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        return files.write(SoftwareKey.generate(), environment);
    }
}
