package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageManifest;
import io.jenkins.plugins.airworthy.image.ImageStore;
import io.jenkins.plugins.airworthy.image.Manifest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Fetches the manifests of referrers, and the bundles that they carry. Refuses to decide when one is listed and cannot be
 * fetched; whatever else is wrong with it is the reason to reject it. A bundle is judged once, however many manifests carry
 * it, and is evidence once: nobody can attach copies of a genuine one that count, or that are copied, beside it.
 */
final class BundleReferrer {
    private final ImageStore store;
    private final Digest subject;
    private final BundleVerifier verifier;
    private final EvidenceBlobs blobs;

    BundleReferrer(ImageStore store, Digest subject, BundleVerifier verifier, EvidenceBlobs blobs) {
        this.store = store;
        this.subject = subject;
        this.verifier = verifier;
        this.blobs = blobs;
    }

    /** The pieces of evidence among these referrers: a bundle each, with all the manifests that carry it. */
    List<Piece> pieces(List<Digest> referrers) throws AirworthyException, InterruptedException {
        Map<Digest, List<BundleManifest>> carriers = new TreeMap<>();
        List<Piece> pieces = new ArrayList<>();
        for (Referrer referrer : EvidenceReader.PARALLEL.map(referrers, this::look)) {
            if (referrer instanceof BundleManifest manifest) {
                carriers.computeIfAbsent(manifest.bundle().digest(), digest -> new ArrayList<>())
                        .add(manifest);
            } else if (referrer instanceof Referrer.Judged judged) {
                pieces.add(Piece.judged(judged.judgement()));
            }
        }
        carriers.values().forEach(same -> pieces.add(piece(same)));
        return pieces;
    }

    private Referrer look(Digest digest) throws AirworthyException, InterruptedException {
        try {
            Optional<Manifest> found = store.manifest(digest, BundleManifest.MAX_BYTES);
            if (found.isEmpty()) {
                throw new UndecidedException(what(digest) + ": is listed but not there");
            }
            if (!(found.get() instanceof ImageManifest manifest) || !claimsBundle(manifest)) {
                return new Referrer.Judged(new Judgement.Foreign());
            }
            return BundleManifest.parse(manifest, subject, what(digest));
        } catch (InvalidInputException e) {
            return new Referrer.Judged(new Judgement.NotBelieved(new RejectedEvidence(digest, e.getMessage())));
        }
    }

    private static boolean claimsBundle(ImageManifest manifest) {
        return manifest.artifactType().orElse("").startsWith(Bundle.TYPE_PREFIX);
    }

    /** Where manifests differ about what the bundle is, nobody's word is taken; and it counts as attached when the last was. */
    private Piece piece(List<BundleManifest> same) {
        List<Optional<String>> types =
                same.stream().map(BundleManifest::predicateType).distinct().toList();
        Optional<Instant> attached =
                same.stream().allMatch(manifest -> manifest.created().isPresent())
                        ? same.stream()
                                .map(manifest -> manifest.created().orElseThrow())
                                .max(Comparator.naturalOrder())
                        : Optional.empty();
        return new Piece(types.size() == 1 ? types.get(0) : Optional.empty(), attached, () -> judge(same));
    }

    private List<Judgement> judge(List<BundleManifest> same) throws AirworthyException, InterruptedException {
        Map<Long, Descriptor> sizes = new LinkedHashMap<>();
        same.forEach(manifest -> sizes.putIfAbsent(manifest.bundle().size(), manifest.bundle()));
        Optional<UndecidedException> failure = Optional.empty();
        for (Descriptor bundle : sizes.values()) {
            try {
                return judge(same, bundle);
            } catch (UndecidedException e) {
                failure = Optional.of(e);
            }
        }
        return judgeByItsSize(same, failure.orElseThrow());
    }

    /**
     * A manifest can name a bundle with a size that it has not. That is no reason to decide nothing once the bundle turns out
     * to be there under its digest: whoever may push could stop every verdict with it.
     */
    private List<Judgement> judgeByItsSize(List<BundleManifest> same, UndecidedException failure)
            throws AirworthyException, InterruptedException {
        Descriptor named = same.get(0).bundle();
        OptionalLong size = store.blobSize(named.digest());
        if (size.isEmpty()
                || same.stream().anyMatch(manifest -> manifest.bundle().size() == size.getAsLong())) {
            throw failure;
        }
        if (size.getAsLong() > Bundle.MAX_BYTES) {
            return same.stream()
                    .map(manifest -> wrongSize(manifest, size.getAsLong()))
                    .toList();
        }
        return judge(same, new Descriptor(named.mediaType(), named.digest(), size.getAsLong()));
    }

    private List<Judgement> judge(List<BundleManifest> same, Descriptor bundle)
            throws AirworthyException, InterruptedException {
        List<BundleManifest> fitting = new ArrayList<>();
        List<Judgement> judgements = new ArrayList<>();
        for (BundleManifest manifest : same) {
            if (manifest.bundle().size() == bundle.size()) {
                fitting.add(manifest);
            } else {
                judgements.add(wrongSize(manifest, bundle.size()));
            }
        }
        BundleManifest first = fitting.isEmpty() ? same.get(0) : fitting.get(0);
        Judgement judgement = judge(first, bundle);
        if (fitting.isEmpty()) {
            return judgements;
        }
        if (judgement instanceof Judgement.Believed believed) {
            Attached attached = believed.attached();
            first = best(fitting, attached.evidence().predicateType());
            judgement = new Judgement.Believed(attached.in(first.digest()));
        }
        judgements.add(judgement);
        for (BundleManifest manifest : fitting) {
            if (!manifest.digest().equals(first.digest())) {
                judgements.add(rejected(manifest, "carries the same bundle as " + first.digest()));
            }
        }
        return judgements;
    }

    private Judgement judge(BundleManifest manifest, Descriptor bundle)
            throws AirworthyException, InterruptedException {
        String what = what(manifest.digest());
        try {
            return blobs.read(bundle, Bundle.MAX_BYTES, what, bytes -> verifier.judge(manifest.digest(), bytes, what));
        } catch (InvalidInputException e) {
            return new Judgement.NotBelieved(new RejectedEvidence(manifest.digest(), e.getMessage()));
        }
    }

    private Judgement wrongSize(BundleManifest manifest, long size) {
        return rejected(
                manifest,
                "its bundle has " + size + " bytes and not " + manifest.bundle().size());
    }

    private Judgement rejected(BundleManifest manifest, String why) {
        return new Judgement.NotBelieved(new RejectedEvidence(manifest.digest(), what(manifest.digest()) + ": " + why));
    }

    /** The manifest that stands for a bundle: one whose writer told its type, and told the truth, and of these the first. */
    private static BundleManifest best(List<BundleManifest> same, String predicateType) {
        return same.stream()
                .filter(manifest -> manifest.predicateType().equals(Optional.of(predicateType)))
                .findFirst()
                .orElseGet(() -> same.get(0));
    }

    private String what(Digest manifest) {
        return "evidence " + store.location().repository() + "@" + manifest;
    }
}
