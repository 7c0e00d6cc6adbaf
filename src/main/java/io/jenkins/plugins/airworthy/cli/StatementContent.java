package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.attach.StoredEvidence;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.SignedPayload;

/** The bytes of a listed piece: what is stored, and the signed statement in it. */
final class StatementContent {
    private final StoredEvidence piece;
    private final byte[] stored;

    private StatementContent(StoredEvidence piece, byte[] stored) {
        this.piece = piece;
        this.stored = stored;
    }

    static StatementContent fetch(ImageStore store, Digest subject, StoredEvidence piece)
            throws AirworthyException, InterruptedException {
        Descriptor content = piece.content().orElseThrow();
        return new StatementContent(piece, EvidenceReader.content(store, subject, content));
    }

    /** Says on standard error, also with {@code --quiet}, that a piece is not verified. */
    static void warn(StoredEvidence piece, boolean trusting, CommandEnvironment environment) {
        if (piece.verified().isEmpty()) {
            String why = trusting ? piece.reason() : "no --trust and no --identity was given";
            environment
                    .err()
                    .println(AirworthyException.oneLine(
                            "airworthy: nothing was verified of " + piece.manifest() + ": " + why));
        }
    }

    /** The signed bytes, unchanged: an in-toto statement, or the payload of an older signature. */
    byte[] payload() throws InvalidInputException {
        return SignedPayload.of(stored, piece.content().orElseThrow().mediaType(), "evidence " + piece.manifest());
    }

    /** The Sigstore bundle as it is stored. */
    byte[] bundle() throws InvalidInputException {
        if (!Bundle.TYPES.contains(piece.content().orElseThrow().mediaType())) {
            throw new InvalidInputException("evidence " + piece.manifest()
                    + " is in cosign's older format, which has no bundles: leave out --bundle for its statement");
        }
        return stored.clone();
    }
}
