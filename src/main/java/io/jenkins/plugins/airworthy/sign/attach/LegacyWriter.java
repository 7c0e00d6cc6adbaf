package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.LayersTag;
import io.jenkins.plugins.airworthy.sign.bundle.SignedStatement;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds signed statements, each as a layer, to the tags at which older cosign stores evidence. */
final class LegacyWriter {
    private LegacyWriter() {}

    /** Adds a statement and returns what the tag points at afterwards. */
    static Descriptor attach(ImageStore store, SignedStatement signed) throws AirworthyException, InterruptedException {
        String type = signed.statement().predicateType();
        boolean signature = type.equals(PredicateTypes.COSIGN_SIGNATURE);
        LegacyTag tag = signature ? LegacyTag.SIGNATURES : LegacyTag.ATTESTATIONS;
        Map<String, String> annotations = signature
                ? Map.of(LegacyTag.SIGNATURE, Base64.getEncoder().encodeToString(signed.signature()))
                : Map.of(LegacyTag.SIGNATURE, "", LegacyTag.PREDICATE_TYPE, type);
        byte[] blob = signed.stored();
        Descriptor layer = layer(tag, blob, annotations);
        store.putBlob(layer, () -> new ByteArrayInputStream(blob));
        String name = tag.of(signed.statement().subject().digest());
        return LayersTag.add(store, name, List.of(layer)).descriptor();
    }

    private static Descriptor layer(LegacyTag tag, byte[] blob, Map<String, String> annotations) {
        Descriptor plain = Descriptor.of(tag.layerType(), blob);
        return new Descriptor(
                plain.mediaType(), plain.digest(), plain.size(), Optional.empty(), annotations, Optional.empty());
    }
}
