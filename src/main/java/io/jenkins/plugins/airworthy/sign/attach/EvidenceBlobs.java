package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.FetchedBlob;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Fetches the bundles, envelopes and payloads that are attached to one digest. The result is undecided if one cannot be
 * fetched, or if they are too large together.
 */
final class EvidenceBlobs {
    /** Maximum size of the evidence of one digest, in bytes. */
    static final long MAX_TOTAL_BYTES = 512L * 1024 * 1024;

    private final AtomicLong total = new AtomicLong();
    private final ImageStore store;
    private final Digest subject;

    EvidenceBlobs(ImageStore store, Digest subject) {
        this.store = store;
        this.subject = subject;
    }

    /** Uses the bytes while they are in memory. */
    @FunctionalInterface
    interface Use<T> {
        T of(byte[] bytes) throws AirworthyException;
    }

    /**
     * Fetches a blob, waits for memory, and uses it. While it is being fetched it does not occupy that memory, so that a slow
     * registry delays only its own verdicts.
     *
     * @param maxBytes the maximum size in bytes; the caller has checked the claimed size
     */
    <T> T read(Descriptor blob, int maxBytes, String what, Use<T> use) throws AirworthyException, InterruptedException {
        require(blob, maxBytes, what);
        FetchPermit turn = FetchPermit.at(store.location());
        try (FetchedBlob fetched = FetchedBlob.of(store, blob)) {
            int memory = EvidenceMemoryLimit.takeToJudge(blob.size());
            try {
                return use.of(verified(blob, fetched.bytes(), what));
            } finally {
                EvidenceMemoryLimit.giveBack(memory);
            }
        } finally {
            turn.giveBack();
        }
    }

    private void require(Descriptor blob, int maxBytes, String what) throws AirworthyException {
        EvidenceMemoryLimit.requireRoomToJudge(blob.size(), what);
        if (total.addAndGet(blob.size()) > MAX_TOTAL_BYTES) {
            throw new UndecidedException("evidence of " + store.location().repository() + "@" + subject
                    + ": its bundles have more than the allowed " + MAX_TOTAL_BYTES
                    + " bytes together: remove those that are not needed");
        }
        if (blob.size() > maxBytes) {
            throw new InvalidInputException(
                    what + ": has " + blob.size() + " bytes, more than the allowed " + maxBytes);
        }
    }

    /** Verifies the digest. Stores do so too, but trust is decided here. */
    private static byte[] verified(Descriptor blob, byte[] bytes, String what) throws UndecidedException {
        if (bytes.length != blob.size() || !Digest.of(bytes).equals(blob.digest())) {
            throw new UndecidedException(what + ": its content arrived incomplete or changed; try again");
        }
        return bytes;
    }
}
