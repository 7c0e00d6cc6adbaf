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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the evidence that is attached to a digest, as referrers and at cosign's older tags, and verifies that a trusted key or
 * identity signed it about that digest. Only this class creates {@link VerifiedEvidence}. Everything else that looks like evidence
 * is reported as rejected. If the list or a needed bundle cannot be read completely, reading fails, so that nothing is decided.
 */
public final class EvidenceReader {
    /** Maximum number of referrers of one digest. */
    public static final int MAX_REFERRERS = 6_000;

    /** Orders bundles by the digest of their manifest; the stable sort keeps the order of the layers at tags. */
    private static final Comparator<AttachedStatement> BUNDLES_FIRST = Comparator.comparing(
            each -> each.tag().isPresent() ? "tag" : each.evidence().manifest().hex());

    /** Enough parallel requests to hide a registry's latency, too few to overload it. */
    static final InParallel PARALLEL = new InParallel("airworthy-evidence", 6);

    private EvidenceReader() {}

    /**
     * Reads all evidence of one digest.
     *
     * @param keys the trusted keys; without any, everything is rejected
     * @throws io.jenkins.plugins.airworthy.InvalidInputException if the list of referrers is malformed
     * @throws UndecidedException if the list or evidence cannot be read completely
     */
    public static EvidenceFound read(ImageStore store, Digest subject, Collection<TrustedKey> keys)
            throws AirworthyException, InterruptedException {
        return read(store, subject, TrustedSigners.of(keys));
    }

    /**
     * Reads all evidence of one digest.
     *
     * @param signers the trusted signers; without any, everything is rejected
     * @throws io.jenkins.plugins.airworthy.InvalidInputException if the list of referrers is malformed
     * @throws UndecidedException if the list or evidence cannot be read completely
     */
    public static EvidenceFound read(ImageStore store, Digest subject, TrustedSigners signers)
            throws AirworthyException, InterruptedException {
        return read(store, subject, signers, EvidenceSelection.ALL);
    }

    /**
     * Reads the selected evidence of one digest.
     *
     * @param signers the trusted signers; without any, everything is rejected
     * @param selection the evidence to read
     * @throws io.jenkins.plugins.airworthy.InvalidInputException if the list of referrers is malformed
     * @throws UndecidedException if the list or selected evidence cannot be read completely
     */
    public static EvidenceFound read(
            ImageStore store, Digest subject, TrustedSigners signers, EvidenceSelection selection)
            throws AirworthyException, InterruptedException {
        return read(store, subject, signers, selection, false, Optional.empty());
    }

    /** Reads the heads of all evidence of one digest, without predicates, so that memory does not limit the amount. */
    public static Heads heads(ImageStore store, Digest subject, TrustedSigners signers)
            throws AirworthyException, InterruptedException {
        EvidenceFound found = read(store, subject, signers, EvidenceSelection.ALL, true, Optional.empty());
        return new Heads(found.attached().stream().map(EvidenceHead::of).toList(), found.rejected());
    }

    /**
     * Lists everything that is attached to one digest, verified or not. What is not believed is listed by its unsigned claims.
     *
     * @param signers the trusted signers; without any, nothing is verified
     * @param holders reads the name in a certificate that was not verified
     */
    public static EvidenceInventory inventory(
            ImageStore store, Digest subject, TrustedSigners signers, SignerHint.CertificateHolder holders)
            throws AirworthyException, InterruptedException {
        Inspection inspection = new Inspection(holders);
        EvidenceFound found = read(store, subject, signers, EvidenceSelection.ALL, true, Optional.of(inspection));
        List<StoredEvidence> pieces = inspection.of(found);
        Set<Digest> known = pieces.stream().map(StoredEvidence::manifest).collect(Collectors.toSet());
        List<Descriptor> others = store.referrers(subject).stream()
                .filter(referrer -> !known.contains(referrer.digest()))
                .toList();
        return new EvidenceInventory(pieces, others);
    }

    /** Fetches the content of a listed piece again: a bundle, or a layer at an older tag. */
    public static byte[] content(ImageStore store, Digest subject, Descriptor content)
            throws AirworthyException, InterruptedException {
        String what = "evidence " + at(store, subject) + ": content " + content.digest();
        return new EvidenceBlobs(store, subject).read(content, Bundle.MAX_BYTES, what, bytes -> bytes);
    }

    /** The heads of verified evidence, and the rejected evidence. */
    public record Heads(List<EvidenceHead> verified, List<RejectedEvidence> rejected) {
        public Heads {
            verified = List.copyOf(verified);
            rejected = List.copyOf(rejected);
        }
    }

    private static EvidenceFound read(
            ImageStore store,
            Digest subject,
            TrustedSigners signers,
            EvidenceSelection selection,
            boolean heads,
            Optional<Inspection> inspection)
            throws AirworthyException, InterruptedException {
        EvidenceBlobs blobs = new EvidenceBlobs(store, subject);
        LegacyReader legacy = new LegacyReader(store, subject, signers, blobs, heads);
        BundleVerifier verifier = new BundleVerifier(subject, signers, heads, inspection);
        BundleReferrer bundles = new BundleReferrer(store, subject, verifier, blobs, inspection);
        List<EvidenceCandidate.Source> sources = List.of(
                () -> bundles.pieces(referrers(store, subject)),
                () -> legacy.pieces(LegacyTag.SIGNATURES),
                () -> legacy.pieces(LegacyTag.ATTESTATIONS));
        List<EvidenceCandidate> pieces = PARALLEL.map(sources, EvidenceCandidate.Source::pieces).stream()
                .flatMap(List::stream)
                .toList();
        List<AttachedStatement> attached = new ArrayList<>();
        List<RejectedEvidence> rejected = new ArrayList<>();
        for (EvidenceCheck judgement : EvidenceFetch.of(pieces, selection)) {
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
     * Whether a referrer may carry a bundle. Some registries list the config's media type instead of the manifest's
     * artifact type, so the empty config's type and a missing type are accepted too.
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
