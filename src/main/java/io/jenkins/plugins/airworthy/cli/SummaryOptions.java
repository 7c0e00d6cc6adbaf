package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.pkcs11.Pkcs11Uri;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The signer of a verification summary. The earlier spellings are accepted with a note: {@code --sign-with} and
 * {@code --sign-keyless}, and {@code --key NAME=FILE} for a key that is believed.
 */
final class SummaryOptions {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Sign a verification summary (VSA) with this private key, and attach it at the target.")
    List<String> keys = new ArrayList<>();

    @Option(names = "--keyless", description = "The same without a key, with the Sigstore instance of --trusted-root.")
    boolean keyless;

    @Option(names = "--sign-with", paramLabel = "FILE", hidden = true)
    Optional<String> signWith = Optional.empty();

    @Option(names = "--sign-keyless", hidden = true)
    boolean signKeyless;

    @Option(
            names = SignerOptions.EVIDENCE_FORMAT,
            paramLabel = "FORMAT",
            description = "How the summary is attached: bundle (default) or legacy; evidence is copied as it is.")
    Optional<String> format = Optional.empty();

    @Mixin
    KeylessInstance instance;

    /** The values of {@code --key} that mean a key that is believed. */
    List<String> trusted() {
        return keys.stream().filter(SummaryOptions::isTrust).toList();
    }

    /** A signing key whose file name looks like this is written with its folder: {@code ./a=b.key}. */
    private static boolean isTrust(String value) {
        return !Pkcs11Uri.isMeant(value) && NamedFile.isPair(value);
    }

    Optional<StatementSigner> signer(Optional<String> trustedRoot, CommandEnvironment environment, Progress progress)
            throws AirworthyException, InterruptedException {
        List<String> files =
                new ArrayList<>(keys.stream().filter(value -> !isTrust(value)).toList());
        if (signWith.isPresent()) {
            progress.say("'--sign-with' is accepted, and is called '--key' now");
            files.add(signWith.get());
        }
        if (signKeyless) {
            progress.say("'--sign-keyless' is accepted, and is called '--keyless' now");
        }
        boolean withoutKey = keyless || signKeyless;
        if (files.size() + (withoutKey ? 1 : 0) > 1) {
            throw new InvalidInputException(
                    "several signers of the summary are given: name one key with --key FILE, or" + " --keyless");
        }
        if (!withoutKey && instance.isNamed()) {
            throw new InvalidInputException(
                    "--signing-config and --identity-token are for --keyless, which is not given");
        }
        Optional<Setting> named =
                withoutKey ? Optional.empty() : Setting.key(files.stream().findFirst(), environment);
        if (!withoutKey && named.isEmpty() && format.isPresent()) {
            throw new InvalidInputException(
                    SignerOptions.EVIDENCE_FORMAT + " is for the summary: add --key FILE, or --keyless");
        }
        EvidenceFormat form = SignerOptions.named(format);
        if (withoutKey) {
            form.requireKeyless();
            return Optional.of(instance.signer(trustedRoot, environment));
        }
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of(new KeySigner(NamedSigningKey.open(named.get(), environment), form));
    }
}
