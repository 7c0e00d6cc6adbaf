package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.sign.tlog.NoteKey;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;

import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** The stored form of the ledger's key: with the ledger's name, which stays when the controller's address changes. */
final class LedgerKey {
    private static final int MAX_BYTES = 4_096;
    private static final int RANDOM_BYTES = 8;

    private LedgerKey() {}

    /** A new key, for a ledger that has the controller's address in its name if that is set. */
    static NoteSigner generate(Optional<URI> controller) throws InvalidInputException {
        return NoteSigner.generate(controller
                .map(url -> url.getRawAuthority() + (url.getRawPath() + "/").replaceAll("/+", "/") + "airworthy/ledger")
                .filter(NoteKey::isName)
                .orElseGet(LedgerKey::randomName));
    }

    private static String randomName() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return "jenkins-" + HexFormat.of().formatHex(random) + "/airworthy/ledger";
    }

    static byte[] write(NoteSigner key) {
        ObjectNode json = StrictJson.object();
        json.put("name", key.publicKey().name());
        json.put("key", Base64.getEncoder().encodeToString(key.encoded()));
        return StrictJson.write(json);
    }

    static NoteSigner read(byte[] stored, String what) throws AirworthyException {
        JsonObject json = StrictJson.parseObject(stored, what, MAX_BYTES);
        try {
            return NoteSigner.of(json.string("name"), Base64.getDecoder().decode(json.string("key")), what);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(what + ": the key is not valid base64", e);
        }
    }
}
