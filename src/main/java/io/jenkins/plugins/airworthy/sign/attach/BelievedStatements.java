package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.DsseEnvelope;
import io.jenkins.plugins.airworthy.sign.bundle.StatementHead;

import java.util.HashMap;
import java.util.Map;

/**
 * The believed statements about one digest. Each is held once, however many copies are attached. Refuses
 * to hold more than fits in memory.
 */
final class BelievedStatements {
    private final Map<Digest, Statement> held = new HashMap<>();
    private final Digest about;
    private final boolean heads;
    private long bytes;

    /**
     * Creates an empty set of statements about one digest.
     *
     * @param heads whether to hold only heads, whose memory need not be counted
     */
    BelievedStatements(Digest about, boolean heads) {
        this.about = about;
        this.heads = heads;
    }

    /** Parses the statement in an envelope whose signature was verified. */
    Statement in(DsseEnvelope envelope, String what) throws InvalidInputException, UndecidedException {
        if (heads) {
            return StatementHead.of(envelope.statement(what + ": statement", about));
        }
        Digest payload = envelope.payloadDigest();
        synchronized (held) {
            Statement known = held.get(payload);
            if (known != null) {
                return known;
            }
            bytes += envelope.payloadSize();
            EvidenceMemoryLimit.requireRoomToHold(bytes, what);
        }
        Statement read = envelope.statement(what + ": statement", about);
        synchronized (held) {
            Statement before = held.putIfAbsent(payload, read);
            return before == null ? read : before;
        }
    }
}
