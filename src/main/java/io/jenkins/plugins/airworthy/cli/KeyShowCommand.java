package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.pkcs11.Pkcs11Uri;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code key show}: describes a key by its public half. */
@picocli.CommandLine.Command(
        footer = {
            "  airworthy key show release.pub",
            "  airworthy key show release.key --format json",
            "  airworthy key show --output release.pub \\",
            "      'pkcs11:token=build;object=release?module-path=/usr/lib/softhsm/libsofthsm2.so'"
        })
final class KeyShowCommand extends Command {
    private static final String PUBLIC = "BEGIN PUBLIC KEY";

    @Parameters(
            paramLabel = "FILE",
            description = "A public or a private key, or the pkcs11: name of one in a hardware module.")
    String file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the public half to this file, for those who verify.")
    Optional<String> output = Optional.empty();

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        VerificationKey key = Pkcs11Uri.isMeant(file)
                ? NamedSigningKey.inModule(file, environment).publicKey()
                : inFile(environment);
        if (output.isPresent()) {
            OutputFile.create("--output", output.get(), key.pem().getBytes(StandardCharsets.US_ASCII));
        }
        Report report = KeyPairFiles.describe(
                key, page -> output.ifPresent(name -> page.line(TextStyle.STRONG, "written  ", name)));
        output.ifPresent(name -> report.document().put("publicKey", name));
        return report;
    }

    private VerificationKey inFile(CommandEnvironment environment) throws AirworthyException, InterruptedException {
        InputFile named = InputFile.of("FILE", file);
        byte[] content = named.read(TrustedKeyFiles.MAX_BYTES);
        boolean isPublic = new String(content, StandardCharsets.ISO_8859_1).contains(PUBLIC);
        return isPublic
                ? VerificationKey.parse(content, named.toString())
                : KeyFiles.parsePrivate(content, named.toString(), new KeyPasswords(environment))
                        .publicKey();
    }
}
