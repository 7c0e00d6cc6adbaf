package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.LayersTag;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the evidence at the legacy tags of one digest. Only a tag that the store does not have is absent: if a tag cannot be read
 * or has too many layers, the result is undecided. Any other fault of a layer
 * rejects it.
 */
final class LegacyReader {
    private final ImageStore store;
    private final Digest subject;
    private final LegacyVerifier verifier;
    private final EvidenceBlobs blobs;

    LegacyReader(ImageStore store, Digest subject, TrustedSigners signers, EvidenceBlobs blobs, boolean heads) {
        this.store = store;
        this.subject = subject;
        this.verifier = new LegacyVerifier(subject, new BelievedSigners(subject, signers), heads);
        this.blobs = blobs;
    }

    /** Returns the evidence at one of the tags: a candidate for each blob, with all layers that name it. */
    List<EvidenceCandidate> pieces(LegacyTag tag) throws AirworthyException, InterruptedException {
        Optional<Manifest> found = manifest(tag);
        if (found.isEmpty()) {
            return List.of();
        }
        String what = "evidence " + store.location().repository() + "@"
                + found.get().digest() + " at the tag " + tag.of(subject);
        if (!(found.get() instanceof ImageManifest manifest)) {
            EvidenceCheck refused = new EvidenceCheck.NotBelieved(new RejectedEvidence(
                    found.get().digest(), what + ": is an index, but signatures are layers of an image manifest"));
            return List.of(EvidenceCandidate.judged(refused));
        }
        Set<Descriptor> layers = new LinkedHashSet<>(manifest.layers());
        if (layers.size() > LayersTag.MAX_LAYERS) {
            throw new UndecidedException(what + ": " + layers.size() + " layers, more than the allowed "
                    + LayersTag.MAX_LAYERS + ": remove those that are not needed");
        }
        Map<Digest, List<LegacyLayer>> byBlob = new LinkedHashMap<>();
        for (Descriptor layer : layers) {
            byBlob.computeIfAbsent(layer.digest(), digest -> new ArrayList<>())
                    .add(new LegacyLayer(tag, manifest.digest(), layer, what + ": layer " + layer.digest()));
        }
        List<EvidenceCandidate> pieces = new ArrayList<>();
        byBlob.values().forEach(same -> pieces.add(piece(same)));
        return pieces;
    }

    private EvidenceCandidate piece(List<LegacyLayer> same) {
        List<Optional<String>> types =
                same.stream().map(LegacyLayer::predicateType).distinct().toList();
        EvidenceCandidate.Work work = () -> judge(same);
        return new EvidenceCandidate(types.size() == 1 ? types.get(0) : Optional.empty(), Optional.empty(), () -> work);
    }

    private Optional<Manifest> manifest(LegacyTag tag) throws AirworthyException, InterruptedException {
        try {
            return store.manifest(tag.of(subject));
        } catch (InvalidInputException e) {
            // Something exists, and it could matter.
            throw new UndecidedException(
                    "evidence of " + EvidenceReader.at(store, subject) + ": what the tag " + tag.of(subject)
                            + " points at cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private List<EvidenceCheck> judge(List<LegacyLayer> same) throws AirworthyException, InterruptedException {
        List<EvidenceCheck> judgements = new ArrayList<>();
        List<LegacyLayer> good = new ArrayList<>();
        for (LegacyLayer layer : same) {
            try {
                layer.check();
                good.add(layer);
            } catch (InvalidInputException e) {
                judgements.add(layer.rejected(e));
            }
        }
        if (!good.isEmpty()) {
            LegacyLayer first = good.get(0);
            judgements.addAll(blobs.read(first.blob(), first.tag().maxBytes(), first.what(), bytes -> {
                List<EvidenceCheck> read = new ArrayList<>();
                for (LegacyLayer layer : good) {
                    read.add(judge(layer, bytes));
                }
                return read;
            }));
        }
        return judgements;
    }

    private EvidenceCheck judge(LegacyLayer layer, byte[] bytes) throws AirworthyException {
        try {
            return verifier.judge(layer, bytes);
        } catch (InvalidInputException e) {
            return layer.rejected(e);
        }
    }
}
