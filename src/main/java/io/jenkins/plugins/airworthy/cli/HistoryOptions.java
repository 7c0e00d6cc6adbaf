package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.Utf8;
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
import io.jenkins.plugins.airworthy.sign.key.KeyFiles;
import io.jenkins.plugins.airworthy.sign.tlog.NoteKey;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The ledger of a gate: with its private key this command line writes it, with the public key it reads a published one. Without the
 * options a gate keeps no history.
 */
final class HistoryOptions extends Options {
    static final String LEDGER = "--ledger";
    static final String KEY = "--ledger-key";

    /** The password of the ledger's key, if it differs from that of the key that signs. */
    static final String PASSWORD = "AIRWORTHY_LEDGER_KEY_PASSWORD";

    private static final int MAX_KEY_BYTES = 64 * 1024;
    private static final String PRIVATE = "-----BEGIN ";
    private static final String PRIVATE_ENDING = ".key";
    private static final String PUBLIC_ENDING = ".vkey";

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
        Optional<Setting> named = Setting.ledgerKey(key.value(), environment);
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
        if (named.isEmpty()) {
            throw new InvalidInputException("the key of the ledger is not named: add " + KEY + " FILE");
        }
        byte[] content = named.get().file().read(MAX_KEY_BYTES);
        boolean writes = new String(content, StandardCharsets.ISO_8859_1).startsWith(PRIVATE);
        Optional<CheckpointAnchor> anchors = anchor.given()
                ? Optional.of(new CheckpointAnchor(stores, ImageReference.parse(anchor.text())))
                : Optional.empty();
        if (!writes) {
            NoteKey open = NoteKey.parse(
                    Utf8.decode(content, named.get().value()), named.get().value());
            PublishedLedger published = published(place.get(), open, environment);
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
        NoteSigner signer = signer(named.get(), environment);
        Ledger opened = Ledger.open(
                place.get().file().path(),
                signer,
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

    private static NoteSigner signer(Setting named, CommandEnvironment environment)
            throws AirworthyException, InterruptedException {
        Path secret = named.file().path();
        String name = secret.getFileName().toString();
        Path open = secret.resolveSibling(
                (name.endsWith(PRIVATE_ENDING) ? name.substring(0, name.length() - PRIVATE_ENDING.length()) : name)
                        + PUBLIC_ENDING);
        InputFile beside = new InputFile(named.origin(), open);
        NoteKey expected = NoteKey.parse(Utf8.decode(beside.read(MAX_KEY_BYTES), open.toString()), open.toString());
        Optional<String> password = environment.variable(PASSWORD);
        KeyPasswords usual = new KeyPasswords(environment);
        byte[] pkcs8 = KeyFiles.readSealed(
                secret, what -> password.isPresent() ? password.get().toCharArray() : usual.password(what));
        try {
            NoteSigner signer = NoteSigner.of(expected.name(), pkcs8, secret.toString());
            if (!signer.publicKey().equals(expected)) {
                throw new InvalidInputException(secret + " and " + open + " are not halves of one key");
            }
            return signer;
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }
}
