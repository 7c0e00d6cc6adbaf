package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageStore;
import io.jenkins.plugins.airworthy.image.MediaTypes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what is attached to a digest and believes what a trusted key or identity signed about that very digest; the only place where
 * {@link VerifiedEvidence} is made. Everything else that looks like evidence is reported as rejected. Fails, so that
 * nothing is decided, when the list or a listed bundle cannot be read in whole.
 */
public final class EvidenceReader {
    /** How many referrers one digest may have. */
    public static final int MAX_REFERRERS = 2_000;

    private EvidenceReader() {}

    /**
     * All evidence of one digest.
     *
     * @param keys the only keys that are believed; with none, everything is rejected
     */
    public static EvidenceFound read(ImageStore store, Digest subject, Collection<TrustedKey> keys)
            throws AirworthyException, InterruptedException {
        return read(store, subject, TrustedSigners.of(keys));
    }

    /**
     * All evidence of one digest.
     *
     * @param signers the only ones who are believed; with nobody, everything is rejected
     */
    public static EvidenceFound read(ImageStore store, Digest subject, TrustedSigners signers)
            throws AirworthyException, InterruptedException {
        List<Descriptor> referrers = store.referrers(subject);
        if (referrers.size() > MAX_REFERRERS) {
            throw new UndecidedException("evidence of " + at(store, subject) + ": " + referrers.size()
                    + " referrers, more than the allowed " + MAX_REFERRERS + ": remove those that nobody needs");
        }
        Map<Digest, Descriptor> candidates = new TreeMap<>();
        for (Descriptor referrer : referrers) {
            if (mayCarryBundle(referrer)) {
                candidates.put(referrer.digest(), referrer);
            }
        }
        BundleVerifier verifier = new BundleVerifier(subject, signers);
        BundleReferrer reader = new BundleReferrer(store, subject, verifier);
        List<VerifiedEvidence> verified = new ArrayList<>();
        List<RejectedEvidence> rejected = new ArrayList<>();
        for (Judgement judgement : InParallel.map(List.copyOf(candidates.keySet()), reader::judge)) {
            if (judgement instanceof Judgement.Believed believed) {
                verified.add(believed.evidence());
            } else if (judgement instanceof Judgement.NotBelieved not) {
                rejected.add(not.evidence());
            }
        }
        return new EvidenceFound(subject, verified, rejected);
    }

    /**
     * Whether a referrer is worth a request. Some registries tell the config's media type instead of the manifest's own
     * artifact type, so the config that bundles have, and no type at all, are looked at too.
     */
    private static boolean mayCarryBundle(Descriptor referrer) {
        return referrer.mediaType().equals(MediaTypes.OCI_MANIFEST)
                && referrer.artifactType()
                        .map(type -> type.isEmpty()
                                || type.equals(MediaTypes.OCI_EMPTY)
                                || type.startsWith(Bundle.TYPE_PREFIX))
                        .orElse(true);
    }

    static String at(ImageStore store, Digest subject) {
        return store.location().repository() + "@" + subject;
    }
}
