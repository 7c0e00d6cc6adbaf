package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.VerificationMaterial;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Notes what bundles claim while they are read, so that bundles that are not believed can be listed too. */
final class Inspection {
    private final SignerHint.CertificateHolder holders;
    private final Map<Digest, BundleManifest> manifests = new ConcurrentHashMap<>();
    private final Map<Digest, SignerHint> hints = new ConcurrentHashMap<>();

    Inspection(SignerHint.CertificateHolder holders) {
        this.holders = holders;
    }

    void saw(BundleManifest manifest) {
        manifests.put(manifest.digest(), manifest);
    }

    void saw(Digest manifest, VerificationMaterial material) {
        hints.put(manifest, SignerHint.of(material, holders));
    }

    /** Returns all pieces of evidence that were read, verified ones first. */
    List<StoredEvidence> of(EvidenceFound found) {
        // Copies of a bundle are read once, under one of their manifests.
        Map<Digest, SignerHint> byBundle = new HashMap<>();
        hints.forEach((manifest, hint) -> Optional.ofNullable(manifests.get(manifest))
                .ifPresent(read -> byBundle.put(read.bundle().digest(), hint)));
        List<StoredEvidence> pieces = new ArrayList<>();
        for (AttachedStatement each : found.attached()) {
            Optional<EvidenceHead> head = Optional.of(EvidenceHead.of(each));
            Digest manifest = each.evidence().manifest();
            pieces.add(each.tag()
                    .map(tag -> layer(manifest, tag.layer(), tag.tag(), head, ""))
                    .orElseGet(() -> bundle(manifest, byBundle, head, "")));
        }
        for (RejectedEvidence each : found.rejected()) {
            pieces.add(each.layer()
                    .map(layer -> layer(
                            each.manifest(),
                            layer.blob(),
                            layer.tag().of(found.subject()),
                            Optional.empty(),
                            each.reason()))
                    .orElseGet(() -> bundle(each.manifest(), byBundle, Optional.empty(), each.reason())));
        }
        return pieces;
    }

    private StoredEvidence bundle(
            Digest manifest, Map<Digest, SignerHint> byBundle, Optional<EvidenceHead> verified, String reason) {
        Optional<BundleManifest> read = Optional.ofNullable(manifests.get(manifest));
        return new StoredEvidence(
                manifest,
                read.map(BundleManifest::bundle),
                Optional.empty(),
                read.flatMap(BundleManifest::predicateType),
                read.flatMap(BundleManifest::created),
                read.map(claims -> byBundle.get(claims.bundle().digest())).orElseGet(SignerHint.Unnamed::new),
                verified,
                reason);
    }

    private StoredEvidence layer(
            Digest manifest, Descriptor blob, String tag, Optional<EvidenceHead> verified, String reason) {
        LegacyLayer layer = new LegacyLayer(
                tag.endsWith(LegacyTag.SIGNATURES.ending()) ? LegacyTag.SIGNATURES : LegacyTag.ATTESTATIONS,
                manifest,
                blob,
                "layer " + blob.digest());
        return new StoredEvidence(
                manifest,
                Optional.of(blob),
                Optional.of(tag),
                layer.predicateType(),
                Optional.empty(),
                SignerHint.of(layer, holders),
                verified,
                reason);
    }
}
