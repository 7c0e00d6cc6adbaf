package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.pkcs11.Pkcs11Uri;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code key show}: describes a key by its public half. */
final class KeyShowCommand extends Command {
    private static final String PUBLIC = "BEGIN PUBLIC KEY";

    private final Argument file =
            parameter("FILE", "A public or a private key, or the pkcs11: name of one in a hardware module.");

    private final Argument output = optional(
                    "--output", "FILE", "Write the public half to this file, for those who verify.")
            .alias("-o");

    KeyShowCommand() {
        super(false);
    }

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy key show release.pub",
                "  airworthy key show release.key --format json",
                "  airworthy key show --output release.pub \\",
                "      'pkcs11:token=build;object=release?module-path=/usr/lib/softhsm/libsofthsm2.so'");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        VerificationKey key = Pkcs11Uri.isMeant(file.text())
                ? NamedSigningKey.inModule(file.text(), environment).publicKey()
                : inFile(environment);
        if (output.given()) {
            OutputFile.create("--output", output.text(), key.pem().getBytes(StandardCharsets.US_ASCII));
        }
        Report report = KeyPairFiles.describe(
                key, page -> output.value().ifPresent(name -> page.line(TextStyle.STRONG, "written  ", name)));
        output.value().ifPresent(name -> report.document().put("publicKey", name));
        return report;
    }

    private VerificationKey inFile(CommandEnvironment environment) throws AirworthyException, InterruptedException {
        InputFile named = InputFile.of("FILE", file.text());
        byte[] content = named.read(TrustedKeyFiles.MAX_BYTES);
        boolean isPublic = new String(content, StandardCharsets.ISO_8859_1).contains(PUBLIC);
        return isPublic
                ? VerificationKey.parse(content, named.toString())
                : KeyFiles.parsePrivate(content, named.toString(), new KeyPasswords(environment))
                        .publicKey();
    }
}
