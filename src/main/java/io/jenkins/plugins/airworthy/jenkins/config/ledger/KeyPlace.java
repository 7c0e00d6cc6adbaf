package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import java.io.IOException;
import java.util.Optional;

/** Where the private key of the controller's ledger is kept, encrypted. */
public interface KeyPlace {
    /** What was stored; empty if nothing ever was. */
    Optional<byte[]> load() throws IOException;

    void store(byte[] key) throws IOException;
}
