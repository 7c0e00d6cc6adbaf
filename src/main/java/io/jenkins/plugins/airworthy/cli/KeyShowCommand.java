package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.sign.KeyFiles;
import io.jenkins.plugins.airworthy.sign.VerificationKey;
import picocli.CommandLine.Parameters;

import java.nio.charset.StandardCharsets;

/** {@code key show}: tells what a key is, by its public half. */
@picocli.CommandLine.Command(
        footer = {"  airworthy key show release.pub", "  airworthy key show release.key --format json"})
final class KeyShowCommand extends Command {
    private static final String PUBLIC = "BEGIN PUBLIC KEY";

    @Parameters(paramLabel = "FILE", description = "A public or a private key.")
    String file;

    @Override
    Report run(Surroundings surroundings, Progress progress) throws AirworthyException, InterruptedException {
        InputFile named = InputFile.of("FILE", file);
        byte[] content = named.read(TrustedKeyFiles.MAX_BYTES);
        boolean isPublic = new String(content, StandardCharsets.ISO_8859_1).contains(PUBLIC);
        VerificationKey key = isPublic
                ? VerificationKey.parse(content, named.toString())
                : KeyFiles.parsePrivate(content, named.toString(), new KeyPasswords(surroundings))
                        .publicKey();
        return KeyPairFiles.describe(key, page -> {});
    }
}
