package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One bundle, with all known manifests that carry it. It is fetched once and counts as evidence once, so that attached copies of a
 * genuine bundle neither count nor are copied. It is judged again when another manifest turns up, since that one may describe it
 * correctly.
 */
final class CarriedBundle implements EvidenceCandidate.Work {
    private final ImageStore store;
    private final BundleVerifier verifier;
    private final EvidenceBlobs blobs;
    private final Map<Digest, BundleManifest> manifests = new TreeMap<>();
    /** The results of the check, by the size that a manifest claims. */
    private final Map<Long, EvidenceCheck> judged = new HashMap<>();

    CarriedBundle(ImageStore store, BundleVerifier verifier, EvidenceBlobs blobs) {
        this.store = store;
        this.verifier = verifier;
        this.blobs = blobs;
    }

    synchronized void carriedBy(BundleManifest manifest) {
        manifests.put(manifest.digest(), manifest);
    }

    @Override
    public synchronized List<EvidenceCheck> judge() throws AirworthyException, InterruptedException {
        return judge(List.copyOf(manifests.values()));
    }

    private List<EvidenceCheck> judge(List<BundleManifest> same) throws AirworthyException, InterruptedException {
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
     * Checks a bundle again if it exists under its digest with another size. A manifest with a false size must not make the verdict
     * undecided, or everyone who may push could block every verdict.
     */
    private List<EvidenceCheck> judgeByItsSize(List<BundleManifest> same, UndecidedException failure)
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
        try {
            return judge(same, new Descriptor(named.mediaType(), named.digest(), size.getAsLong()));
        } catch (UndecidedException e) {
            // The manifest is correct and the blob is damaged.
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private List<EvidenceCheck> judge(List<BundleManifest> same, Descriptor bundle)
            throws AirworthyException, InterruptedException {
        List<BundleManifest> fitting = new ArrayList<>();
        List<EvidenceCheck> judgements = new ArrayList<>();
        for (BundleManifest manifest : same) {
            if (manifest.bundle().size() == bundle.size()) {
                fitting.add(manifest);
            } else {
                judgements.add(wrongSize(manifest, bundle.size()));
            }
        }
        BundleManifest first = fitting.isEmpty() ? same.get(0) : fitting.get(0);
        EvidenceCheck judgement = judge(first, bundle);
        if (fitting.isEmpty()) {
            return judgements;
        }
        if (judgement instanceof EvidenceCheck.Believed believed) {
            AttachedStatement attached = believed.attached();
            first = best(fitting, attached.evidence().predicateType());
            judgement = new EvidenceCheck.Believed(attached.in(first.digest(), isClear(first, attached.evidence())));
        }
        judgements.add(judgement);
        for (BundleManifest manifest : fitting) {
            if (!manifest.digest().equals(first.digest())) {
                judgements.add(rejected(manifest, "carries the same bundle as " + first.digest()));
            }
        }
        return judgements;
    }

    private EvidenceCheck judge(BundleManifest manifest, Descriptor bundle)
            throws AirworthyException, InterruptedException {
        EvidenceCheck known = judged.get(bundle.size());
        if (known == null) {
            known = fetched(manifest, bundle);
            judged.put(bundle.size(), known);
        }
        return known;
    }

    private EvidenceCheck fetched(BundleManifest manifest, Descriptor bundle)
            throws AirworthyException, InterruptedException {
        String what = what(manifest.digest());
        try {
            return blobs.read(bundle, Bundle.MAX_BYTES, what, bytes -> verifier.judge(manifest.digest(), bytes, what));
        } catch (InvalidInputException e) {
            return new EvidenceCheck.NotBelieved(new RejectedEvidence(manifest.digest(), e.getMessage()));
        }
    }

    private EvidenceCheck wrongSize(BundleManifest manifest, long size) {
        return rejected(
                manifest,
                "its bundle has " + size + " bytes and not " + manifest.bundle().size());
    }

    private EvidenceCheck rejected(BundleManifest manifest, String why) {
        return new EvidenceCheck.NotBelieved(
                new RejectedEvidence(manifest.digest(), what(manifest.digest()) + ": " + why));
    }

    /** Chooses the manifest that represents a bundle: the first one that names its type correctly. */
    private static BundleManifest best(List<BundleManifest> same, String predicateType) {
        return same.stream()
                .filter(manifest -> manifest.predicateType().equals(Optional.of(predicateType)))
                .findFirst()
                .orElseGet(() -> same.get(0));
    }

    /** Whether a manifest names the statement's type correctly, and a time of attaching not before the statement was made. */
    private static boolean isClear(BundleManifest manifest, VerifiedEvidence evidence) {
        boolean typed =
                manifest.predicateType().map(evidence.predicateType()::equals).orElse(true);
        Optional<Instant> attached = manifest.created();
        return typed
                && (attached.isEmpty()
                        || evidence.statement()
                                .observation()
                                .filter(seen ->
                                        !attached.get().isBefore(seen.at().truncatedTo(ChronoUnit.SECONDS)))
                                .isPresent());
    }

    private String what(Digest manifest) {
        return BundleReferrer.what(store, manifest);
    }
}
