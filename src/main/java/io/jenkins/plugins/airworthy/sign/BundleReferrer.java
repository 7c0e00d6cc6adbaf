package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageManifest;
import io.jenkins.plugins.airworthy.image.ImageStore;
import io.jenkins.plugins.airworthy.image.Manifest;

import java.util.List;
import java.util.Optional;

/**
 * Fetches one referrer and judges it. Refuses to decide when it is listed and cannot be fetched; whatever else is wrong
 * with it is the reason to reject it.
 */
final class BundleReferrer {
    /** The largest manifest that can be one of a bundle, in bytes: it names one layer. */
    static final int MAX_MANIFEST_BYTES = 64 * 1024;

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

    Judgement judge(Digest digest) throws AirworthyException, InterruptedException {
        try {
            Optional<Manifest> found = store.manifest(digest, MAX_MANIFEST_BYTES);
            if (found.isEmpty()) {
                throw new UndecidedException(what(digest) + ": is listed but not there");
            }
            if (!(found.get() instanceof ImageManifest manifest) || !claimsBundle(manifest)) {
                return new Judgement.Foreign();
            }
            return judge(manifest);
        } catch (InvalidInputException e) {
            return new Judgement.NotBelieved(new RejectedEvidence(digest, e.getMessage()));
        }
    }

    private static boolean claimsBundle(ImageManifest manifest) {
        return manifest.artifactType().orElse("").startsWith(Bundle.TYPE_PREFIX);
    }

    private Judgement judge(ImageManifest manifest) throws AirworthyException, InterruptedException {
        String what = what(manifest.digest());
        Descriptor layer = layer(manifest, what);
        return blobs.read(layer, Bundle.MAX_BYTES, what, bytes -> verifier.judge(manifest.digest(), bytes, what));
    }

    private Descriptor layer(ImageManifest manifest, String what) throws InvalidInputException {
        Optional<Digest> about = manifest.subject().map(Descriptor::digest);
        if (!about.equals(Optional.of(subject))) {
            throw new InvalidInputException(what + ": its manifest is attached to "
                    + about.map(Digest::toString).orElse("nothing"));
        }
        List<Descriptor> layers = manifest.layers();
        if (layers.size() != 1) {
            throw new InvalidInputException(what + ": expected exactly one layer, found " + layers.size());
        }
        Descriptor layer = layers.get(0);
        if (!Bundle.TYPES.contains(layer.mediaType())) {
            throw new InvalidInputException(
                    what + ": its layer is '" + layer.mediaType() + "' and no Sigstore bundle of version 0.3");
        }
        if (layer.size() > Bundle.MAX_BYTES) {
            throw new InvalidInputException(
                    what + ": its bundle of " + layer.size() + " bytes is larger than the allowed " + Bundle.MAX_BYTES);
        }
        return layer;
    }

    private String what(Digest manifest) {
        return "evidence " + store.location().repository() + "@" + manifest;
    }
}
