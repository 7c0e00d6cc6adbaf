package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.KnownStatements;
import io.jenkins.plugins.airworthy.gate.history.CheckpointAnchor;
import io.jenkins.plugins.airworthy.gate.history.PromotionHistory;
import io.jenkins.plugins.airworthy.gate.history.SignedStatements;
import io.jenkins.plugins.airworthy.image.http.EnvironmentProxies;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.ledger.Ledger;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import io.jenkins.plugins.airworthy.ledger.PublishedLedger;
import io.jenkins.plugins.airworthy.sign.tlog.NoteKey;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The ledger of a gate: with its private key this command line writes it, with the public key it reads a published one. Without the
 * options a gate keeps no history.
 */
final class HistoryOptions extends Options {
    static final String LEDGER = "--ledger";
    static final String KEY = "--ledger-key";

    private final Argument ledger =
            optional(LEDGER, "FOLDER|URL", "The ledger of verdicts, promotions and signatures, or a published one.");

    private final Argument key = optional(
            KEY,
            "FILE",
            "The ledger's key: NAME.key, beside NAME.vkey, of a ledger in which this command records what it does; NAME.vkey"
                    + " of one that is only read.");

    private final Argument anchor = optional(
            "--ledger-anchor",
            "REPOSITORY",
            "Also keep the ledger's checkpoints in this repository, and compare the ledger with the newest one there.");

    static boolean isUrl(String text) {
        return text.startsWith("https://") || text.startsWith("http://");
    }

    /** A gate whose ledger is open until this is closed. */
    record OpenGate(Gate gate, Optional<PromotionHistory> history, Optional<Ledger> ledger) implements AutoCloseable {
        @Override
        public void close() throws AirworthyException {
            if (ledger.isPresent()) {
                ledger.get().close();
            }
        }

        PromotionHistory requireHistory() throws InvalidInputException {
            return history.orElseThrow(
                    () -> new InvalidInputException("no ledger is named, and only a ledger knows what was"
                            + " at a target: add " + LEDGER + " and " + KEY));
        }
    }

    OpenGate open(ImageStores stores, Duration limit, CommandEnvironment environment, Progress progress)
            throws AirworthyException, InterruptedException {
        Optional<Setting> place = Setting.ledger(ledger.value(), environment);
        if (place.isEmpty()) {
            if (key.given() || anchor.given()) {
                throw new InvalidInputException(
                        (key.given() ? KEY : anchor.name()) + " is for a ledger: add " + LEDGER);
            }
            return new OpenGate(
                    new Gate(stores, environment.clock(), limit, KnownStatements.NONE),
                    Optional.empty(),
                    Optional.empty());
        }
        LedgerKeyFile named = LedgerKeyFile.read(key.value(), environment);
        Optional<CheckpointAnchor> anchors = anchor.given()
                ? Optional.of(new CheckpointAnchor(stores, ImageReference.parse(anchor.text())))
                : Optional.empty();
        if (!named.isPrivate()) {
            PublishedLedger published = published(place.get(), named.publicKey(), environment);
            if (anchors.isPresent()) {
                anchors.get().require(published);
            }
            return gate(
                    stores, limit, environment, published, PromotionHistory.reading(published, environment.clock()));
        }
        if (isUrl(place.get().value())) {
            throw new InvalidInputException(place.get().origin() + ": a ledger is written in a folder; to read "
                    + place.get().value() + ", give its public key");
        }
        Ledger opened = Ledger.open(
                written(place.get()),
                named.signer(environment),
                environment.clock(),
                anchors.isPresent() ? anchors.get().newest() : List.of());
        PromotionHistory history = PromotionHistory.of(opened, environment.clock());
        history = anchors.isPresent() ? history.anchoredBy(anchors.get()) : history;
        boolean kept = false;
        try {
            history.settleAll(stores).forEach(progress::say);
            OpenGate gate = gate(stores, limit, environment, opened, history);
            kept = true;
            return new OpenGate(gate.gate(), gate.history(), Optional.of(opened));
        } finally {
            if (!kept) {
                opened.close();
            }
        }
    }

    private static OpenGate gate(
            ImageStores stores,
            Duration limit,
            CommandEnvironment environment,
            LedgerReader ledger,
            PromotionHistory history) {
        Gate gate =
                new Gate(stores, environment.clock(), limit, new SignedStatements(ledger)::about).withHistory(history);
        return new OpenGate(gate, Optional.of(history), Optional.empty());
    }

    /** A folder with a ledger. In another one a new ledger would begin, which knows nothing of what is held. */
    private static Path written(Setting place) throws InvalidInputException {
        Path folder = place.file().path();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new InvalidInputException(place.origin() + ": " + folder + " is a file, expected a folder");
        }
        if (!Ledger.isThere(folder)) {
            throw new InvalidInputException(place.origin() + ": " + folder + Ledger.NONE_HERE);
        }
        return folder;
    }

    private static PublishedLedger published(Setting place, NoteKey key, CommandEnvironment environment)
            throws AirworthyException {
        if (!isUrl(place.value())) {
            return PublishedLedger.open(place.file().path(), key);
        }
        try {
            return PublishedLedger.open(
                    URI.create(place.value()),
                    key,
                    EnvironmentProxies.of(environment.variables(), System.getProperties()));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(place.origin() + ": '" + place.value() + "' is not the URL of a ledger", e);
        }
    }
}
