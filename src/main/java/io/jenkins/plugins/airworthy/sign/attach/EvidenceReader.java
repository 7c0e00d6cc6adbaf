package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.InParallel;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what is attached to a digest, as referrers and at cosign's older tags, and believes what a trusted key or identity signed about that very digest; the only place where
 * {@link VerifiedEvidence} is made. Everything else that looks like evidence is reported as rejected. Fails, so that
 * nothing is decided, when the list or a listed bundle that is asked for cannot be read in whole.
 */
public final class EvidenceReader {
    /** How many referrers one digest may have. */
    public static final int MAX_REFERRERS = 6_000;

    /** Bundles by the digests of their manifests; the sort leaves the layers at tags in their order. */
    private static final Comparator<Attached> BUNDLES_FIRST = Comparator.comparing(
            each -> each.tag().isPresent() ? "tag" : each.evidence().manifest().hex());

    /** Enough at once to hide a registry's latency, too few to trouble it. */
    static final InParallel PARALLEL = new InParallel("airworthy-evidence", 6);

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
        return read(store, subject, signers, EvidenceSelection.ALL);
    }

    /**
     * The evidence of one digest that is asked for.
     *
     * @param signers the only ones who are believed; with nobody, everything is rejected
     */
    public static EvidenceFound read(
            ImageStore store, Digest subject, TrustedSigners signers, EvidenceSelection selection)
            throws AirworthyException, InterruptedException {
        return read(store, subject, signers, selection, false);
    }

    /** What all evidence of one digest is, without what it says, so that it may be more than there is memory for. */
    public static Heads heads(ImageStore store, Digest subject, TrustedSigners signers)
            throws AirworthyException, InterruptedException {
        EvidenceFound found = read(store, subject, signers, EvidenceSelection.ALL, true);
        return new Heads(found.attached().stream().map(EvidenceHead::of).toList(), found.rejected());
    }

    /** What was found of evidence whose content is not asked for. */
    public record Heads(List<EvidenceHead> verified, List<RejectedEvidence> rejected) {
        public Heads {
            verified = List.copyOf(verified);
            rejected = List.copyOf(rejected);
        }
    }

    private static EvidenceFound read(
            ImageStore store, Digest subject, TrustedSigners signers, EvidenceSelection selection, boolean heads)
            throws AirworthyException, InterruptedException {
        EvidenceBlobs blobs = new EvidenceBlobs(store, subject);
        LegacyReader legacy = new LegacyReader(store, subject, signers, blobs, heads);
        BundleReferrer bundles = new BundleReferrer(store, subject, new BundleVerifier(subject, signers, heads), blobs);
        List<EvidenceCandidate.Source> sources = List.of(
                () -> bundles.pieces(referrers(store, subject)),
                () -> legacy.pieces(LegacyTag.SIGNATURES),
                () -> legacy.pieces(LegacyTag.ATTESTATIONS));
        List<EvidenceCandidate> pieces = PARALLEL.map(sources, EvidenceCandidate.Source::pieces).stream()
                .flatMap(List::stream)
                .toList();
        List<Attached> attached = new ArrayList<>();
        List<RejectedEvidence> rejected = new ArrayList<>();
        for (EvidenceCheck judgement : Reading.of(pieces, selection)) {
            if (judgement instanceof EvidenceCheck.Believed believed) {
                attached.add(believed.attached());
            } else if (judgement instanceof EvidenceCheck.NotBelieved not) {
                rejected.add(not.evidence());
            }
        }
        attached.sort(BUNDLES_FIRST);
        rejected.sort(Comparator.comparing(RejectedEvidence::manifest));
        return new EvidenceFound(subject, attached, rejected);
    }

    private static Collection<Descriptor> referrers(ImageStore store, Digest subject)
            throws AirworthyException, InterruptedException {
        List<Descriptor> referrers = store.referrers(subject);
        if (referrers.size() > MAX_REFERRERS) {
            throw new UndecidedException("evidence of " + at(store, subject) + ": " + referrers.size()
                    + " referrers, more than the allowed " + MAX_REFERRERS + ": 'airworthy evidence prune' removes"
                    + " those that decide nothing any more");
        }
        Map<Digest, Descriptor> candidates = new TreeMap<>();
        for (Descriptor referrer : referrers) {
            if (mayCarryBundle(referrer)) {
                candidates.putIfAbsent(referrer.digest(), referrer);
            }
        }
        return candidates.values();
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
