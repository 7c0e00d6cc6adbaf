package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.sign.bundle.EvidenceFormat;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.pkcs11.Pkcs11Uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The signer of a verification summary. The earlier spellings are accepted with a note: {@code --sign-with} and
 * {@code --sign-keyless}, and {@code --key NAME=FILE} for a key that is believed.
 */
final class SummaryOptions extends Options {
    private final Argument keys = repeated(
            "--key", "FILE", "Sign a verification summary (VSA) with this private key, and attach it at the target.");

    private final Argument keyless =
            flag("--keyless", "The same without a key, with the Sigstore instance of --trusted-root.");

    private final Argument signWith = optional("--sign-with", "FILE", "").hidden();

    private final Argument signKeyless = flag("--sign-keyless", "").hidden();

    private final Argument format = optional(
            SignerOptions.EVIDENCE_FORMAT,
            "FORMAT",
            "How the summary is attached: bundle (default) or legacy; evidence is copied as it is.");

    private final KeylessInstance instance = with(new KeylessInstance());

    /** The values of {@code --key} that mean a key that is believed. */
    List<String> trusted() {
        return keys.values().stream().filter(SummaryOptions::isTrust).toList();
    }

    /** A signing key whose file name looks like this is written with its folder: {@code ./a=b.key}. */
    private static boolean isTrust(String value) {
        return !Pkcs11Uri.isMeant(value) && NamedFile.isPair(value);
    }

    Optional<StatementSigner> signer(Optional<String> trustedRoot, CommandEnvironment environment, Progress progress)
            throws AirworthyException, InterruptedException {
        List<String> files = new ArrayList<>(
                keys.values().stream().filter(value -> !isTrust(value)).toList());
        if (signWith.given()) {
            progress.say("'--sign-with' is accepted, and is called '--key' now");
            files.add(signWith.text());
        }
        if (signKeyless.given()) {
            progress.say("'--sign-keyless' is accepted, and is called '--keyless' now");
        }
        boolean withoutKey = keyless.given() || signKeyless.given();
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
        if (!withoutKey && named.isEmpty() && format.given()) {
            throw new InvalidInputException(
                    SignerOptions.EVIDENCE_FORMAT + " is for the summary: add --key FILE, or --keyless");
        }
        EvidenceFormat form = SignerOptions.named(format.value());
        if (withoutKey) {
            form.requireKeyless();
            return Optional.of(instance.signer(trustedRoot, environment));
        }
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of(new KeySigner(NamedSigningKey.open(named.get(), environment), form));
    }
}
