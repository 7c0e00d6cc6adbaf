package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.ledger.Ledger;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code ledger begin}: makes a new ledger. No other command does, so that a wrong folder is not taken for one in which nothing is held. */
final class LedgerBeginCommand extends Command {
    private final Argument place = parameter("FOLDER", "The new ledger's folder: empty, or not there yet.");

    private final Argument key =
            optional(HistoryOptions.KEY, "FILE", "The ledger's private key, NAME.key, beside NAME.vkey.");

    @Override
    List<String> examples() {
        return List.of("  airworthy ledger begin ledger --ledger-key ledger.key");
    }

    @Override
    Report run(CommandEnvironment environment, Progress progress) throws AirworthyException, InterruptedException {
        Path folder = InputFile.of("FOLDER", place.text()).path();
        requireEmpty(folder);
        NoteSigner signer = LedgerKeyFile.read(key.value(), environment).signer(environment);
        String origin;
        try (Ledger ledger = Ledger.open(folder, signer, environment.clock(), List.of())) {
            origin = ledger.origin();
        }
        return Report.done(
                StrictJson.object()
                        .put("schemaVersion", 1)
                        .put("ledger", folder.toString())
                        .put("origin", origin),
                page -> page.line(TextStyle.GOOD, "begun    ", "the ledger " + origin + " in " + folder));
    }

    private static void requireEmpty(Path folder) throws AirworthyException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(folder + ": is a file, expected a folder");
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new InvalidInputException(folder
                        + (Ledger.isThere(folder)
                                ? ": there is a ledger here already"
                                : ": is not empty, and a ledger begins in an empty folder"));
            }
        } catch (IOException e) {
            throw new UndecidedException(folder + ": could not be read: " + e.getMessage(), e);
        }
    }
}
