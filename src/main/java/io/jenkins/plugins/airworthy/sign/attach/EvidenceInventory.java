package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;

import java.util.List;

/**
 * Everything that is attached to one digest.
 *
 * @param pieces bundles and older signatures, each with whether it is verified
 * @param others referrers that are no evidence, for example those of other tools
 */
public record EvidenceInventory(List<StoredEvidence> pieces, List<Descriptor> others) {
    public EvidenceInventory {
        pieces = List.copyOf(pieces);
        others = List.copyOf(others);
    }

    /** Returns how many pieces are verified. */
    public long verified() {
        return pieces.stream().filter(piece -> piece.verified().isPresent()).count();
    }
}
