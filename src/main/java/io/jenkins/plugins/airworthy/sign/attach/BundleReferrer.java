package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fetches the manifests of referrers, and their bundles. If a needed one cannot be fetched, the result is undecided; any other fault
 * rejects it. The list entry of a referrer only decides whether it is fetched: after that, its manifest and bundle count.
 */
final class BundleReferrer {
    private final ImageStore store;
    private final Digest subject;
    private final BundleVerifier verifier;
    private final EvidenceBlobs blobs;
    private final Optional<Inspection> inspection;
    private final Map<Digest, CarriedBundle> bundles = new ConcurrentHashMap<>();

    BundleReferrer(
            ImageStore store,
            Digest subject,
            BundleVerifier verifier,
            EvidenceBlobs blobs,
            Optional<Inspection> inspection) {
        this.store = store;
        this.subject = subject;
        this.verifier = verifier;
        this.blobs = blobs;
        this.inspection = inspection;
    }

    /**
     * Returns the evidence among these referrers, each with the hints of its list entry. If the entry lacks type or time, its
     * manifest is fetched at once.
     */
    List<EvidenceCandidate> pieces(Collection<Descriptor> referrers) throws AirworthyException, InterruptedException {
        List<EvidenceCandidate> pieces = new ArrayList<>();
        List<Descriptor> untold = new ArrayList<>();
        for (Descriptor referrer : referrers) {
            Optional<String> type = BundleManifest.predicateType(referrer.annotations());
            Optional<Instant> created = BundleManifest.created(referrer.annotations());
            if (type.isPresent() && created.isPresent()) {
                pieces.add(new EvidenceCandidate(type, created, () -> work(look(referrer))));
            } else {
                untold.add(referrer);
            }
        }
        for (Referrer referrer : EvidenceReader.PARALLEL.map(untold, this::look)) {
            EvidenceCandidate.Work work = work(referrer);
            pieces.add(
                    referrer instanceof BundleManifest manifest
                            ? new EvidenceCandidate(manifest.predicateType(), manifest.created(), () -> work)
                            : EvidenceCandidate.of(work));
        }
        return pieces;
    }

    private EvidenceCandidate.Work work(Referrer referrer) {
        if (referrer instanceof BundleManifest manifest) {
            CarriedBundle bundle = bundles.computeIfAbsent(
                    manifest.bundle().digest(), digest -> new CarriedBundle(store, verifier, blobs));
            bundle.carriedBy(manifest);
            return bundle;
        }
        EvidenceCheck judgement = ((Referrer.Judged) referrer).judgement();
        return () -> List.of(judgement);
    }

    private Referrer look(Descriptor listed) throws AirworthyException, InterruptedException {
        Digest digest = listed.digest();
        try {
            Optional<Manifest> found = store.manifest(listed, BundleManifest.MAX_BYTES);
            if (found.isEmpty()) {
                throw new UndecidedException(what(digest) + ": is listed but not there");
            }
            if (!(found.get() instanceof ImageManifest manifest) || !claimsBundle(manifest)) {
                return new Referrer.Judged(new EvidenceCheck.Foreign());
            }
            BundleManifest read = BundleManifest.parse(manifest, subject, what(digest));
            inspection.ifPresent(notes -> notes.saw(read));
            return read;
        } catch (InvalidInputException e) {
            return new Referrer.Judged(new EvidenceCheck.NotBelieved(new RejectedEvidence(digest, e.getMessage())));
        }
    }

    private static boolean claimsBundle(ImageManifest manifest) {
        return manifest.artifactType().orElse("").startsWith(Bundle.TYPE_PREFIX);
    }

    private String what(Digest manifest) {
        return what(store, manifest);
    }

    static String what(ImageStore store, Digest manifest) {
        return "evidence " + store.location().repository() + "@" + manifest;
    }
}
