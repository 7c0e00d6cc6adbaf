package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.SimpleSigning;

import java.util.Set;

/**
 * The two tags at which older cosign stores evidence about a digest: an image manifest each, with one
 * layer for each signature.
 */
enum LegacyTag {
    /** Signatures of the image itself, in the form of simple signing. */
    SIGNATURES(".sig", "application/vnd.dev.cosign.simplesigning.v1+json"),
    /** Envelopes around statements. */
    ATTESTATIONS(".att", "application/vnd.dsse.envelope.v1+json");

    /** The annotation with the signature in base64; empty for an envelope, which contains its own. */
    static final String SIGNATURE = "dev.cosignproject.cosign/signature";

    static final String CERTIFICATE = "dev.sigstore.cosign/certificate";
    static final String LOG_ENTRY = "dev.sigstore.cosign/bundle";
    static final String TIMESTAMP = "dev.sigstore.cosign/rfc3161timestamp";

    static final String CHAIN = "dev.sigstore.cosign/chain";

    /** The annotation with the predicate type, a hint; the statement's own type counts. */
    static final String PREDICATE_TYPE = "predicateType";

    /** All annotations that usual writers of such layers use. */
    static final Set<String> ANNOTATIONS = Set.of(SIGNATURE, CERTIFICATE, CHAIN, LOG_ENTRY, TIMESTAMP, PREDICATE_TYPE);

    private final String ending;
    private final String layerType;

    LegacyTag(String ending, String layerType) {
        this.ending = ending;
        this.layerType = layerType;
    }

    String of(Digest subject) {
        return EvidenceTag.PREFIX + subject.hex() + ending;
    }

    String ending() {
        return ending;
    }

    String layerType() {
        return layerType;
    }

    /** Maximum size of the blob of a layer, in bytes. */
    int maxBytes() {
        return this == SIGNATURES ? SimpleSigning.MAX_BYTES : Bundle.MAX_BYTES;
    }
}
