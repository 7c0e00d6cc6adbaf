package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.RecallDraft;
import io.jenkins.plugins.airworthy.gate.RecallPublisher;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.document.SignedDocument;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code recall publish}: signs and publishes the next version of a list, with the number after the one that is published. Refuses a list
 * from which an entry is missing.
 */
final class RecallPublishCommand extends Command {
    private final Argument file = parameter("FILE", "The list.");

    private final Argument to = required(
            "--to",
            "REPOSITORY",
            "Where it is published, without tag: it gets the tags v and its number, and current.");

    private final Argument key = optional("--key", "FILE", NamedSigningKey.DESCRIPTION);

    private final Argument others = repeated(
            "--recalls-key",
            "FILE",
            "A public key (PEM) by which the published version is believed too, after the key was changed.");

    private final Argument valid = optional(RecallText.VALID, "TIME", RecallText.VALID_DESCRIPTION);

    private final RegistryOptions registries = with(new RegistryOptions());

    @Override
    List<String> examples() {
        return List.of(
                "  airworthy recall publish recalls.yaml --to registry.example.com/acme/recalls --key recalls.key",
                "  airworthy recall publish recalls.yaml --to registry.example.com/acme/recalls --key recalls.key \\",
                "      --valid 24h");
    }

    @Override
    String afterStop() {
        return "The tag 'current' is the version before, or the complete new one; the same command finishes the work";
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        Optional<Setting> named = Setting.key(key.value(), environment);
        if (named.isEmpty()) {
            throw new InvalidInputException("no key is given to sign the list with: add --key FILE");
        }
        ImageReference repository = ImageReference.parse(to.text());
        SigningKey signing = NamedSigningKey.open(named.get(), environment);
        List<TrustedKey> trusted = new ArrayList<>();
        trusted.add(new TrustedKey("recalls", signing.publicKey()));
        for (String other : others.values()) {
            trusted.addAll(TrustedKeyFiles.read("--recalls-key", List.of("recalls=" + other)));
        }
        progress.say("publish " + file.text() + " at " + repository);
        SignedDocument published = new RecallPublisher(registries.stores(environment), trusted, environment.clock())
                .publishNext(
                        new RecallDraft(InputFile.of("FILE", file.text()).path()),
                        repository,
                        RecallText.valid(valid),
                        new KeySigner(signing));
        ObjectNode document = RecallText.document(published.head())
                .put("repository", repository.toString())
                .put("digest", published.digest().toString());
        return Report.done(document, page -> {
            page.line(
                    TextStyle.GOOD,
                    "published",
                    " " + published.head() + " at " + repository + ", expires "
                            + published.head().expires());
            page.line("  " + published.digest() + ", tags v" + published.head().version() + " and current");
        });
    }
}
