package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.http.EnvironmentProxies;
import io.jenkins.plugins.airworthy.ledger.PublishedLedger;
import io.jenkins.plugins.airworthy.sign.tlog.NoteKey;

import java.net.URI;

/** Which ledger a command reads. */
final class LedgerOptions extends Options {
    private static final int MAX_KEY_BYTES = 4_096;

    private final Argument place = parameter(
            "LEDGER", "The ledger: the folder in which it is written or published, or the URL below which it is.");

    private final Argument key =
            required("--key", "FILE", "The ledger's public key, as a verifier key on one line: NAME+HASH+KEY.");

    PublishedLedger open(CommandEnvironment environment) throws AirworthyException {
        return open(place.text(), key.text(), environment);
    }

    static PublishedLedger open(String place, String keyFile, CommandEnvironment environment)
            throws AirworthyException {
        InputFile file = InputFile.of("--key", keyFile);
        NoteKey key = LedgerKeyFile.publicKey(file.read(MAX_KEY_BYTES), file.toString());
        if (!place.contains("://")) {
            return PublishedLedger.open(InputFile.of("LEDGER", place).path(), key);
        }
        try {
            return PublishedLedger.open(
                    URI.create(place), key, EnvironmentProxies.of(environment.variables(), System.getProperties()));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("'" + place + "' is not the URL of a ledger", e);
        }
    }

    /** The document of a command about a ledger. */
    static ObjectNode document(PublishedLedger ledger) {
        return StrictJson.object()
                .put("schemaVersion", 1)
                .put("origin", ledger.origin())
                .put("size", ledger.size())
                .put("root", ledger.root().toString());
    }
}
