package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.store.EvidenceTags;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signs statements in the form that cosign had before bundles, and adds each as a layer to what is at the legacy tags.
 * Refuses to publish a signature that does not verify.
 */
final class LegacyWriter {
    private LegacyWriter() {}

    /** Signs a statement and adds it; tells what the tag stands for then. */
    static Descriptor attach(ImageStore store, Statement statement, SigningKey key)
            throws AirworthyException, InterruptedException {
        boolean signature = statement.predicateType().equals(PredicateTypes.COSIGN_SIGNATURE);
        LegacyTag tag = signature ? LegacyTag.SIGNATURES : LegacyTag.ATTESTATIONS;
        byte[] blob;
        Map<String, String> annotations;
        if (signature) {
            requireNothingElse(statement);
            String repository =
                    statement.subject().name().orElse(store.location().repository());
            blob = SimpleSigning.write(statement, repository);
            annotations = Map.of(LegacyTag.SIGNATURE, base64(sign(key, blob, statement)));
        } else {
            byte[] payload = statement.toBytes();
            byte[] made = sign(key, DsseEnvelope.signedBytes(payload), statement);
            blob = StrictJson.write(new DsseEnvelope(payload, made).toJson());
            annotations = Map.of(LegacyTag.SIGNATURE, "", LegacyTag.PREDICATE_TYPE, statement.predicateType());
        }
        Descriptor layer = layer(tag, blob, annotations);
        store.putBlob(layer, () -> new ByteArrayInputStream(blob));
        return EvidenceTags.add(store, tag.of(statement.subject().digest()), EvidenceTags.of(store, List.of(layer)))
                .descriptor();
    }

    private static void requireNothingElse(Statement statement) throws InvalidInputException {
        if (!statement.predicate().isEmpty()) {
            throw new InvalidInputException("a signature in the legacy format says nothing beside the image's digest,"
                    + " and the one of " + statement.subject().digest() + " would have to");
        }
    }

    private static byte[] sign(SigningKey key, byte[] message, Statement statement)
            throws AirworthyException, InterruptedException {
        byte[] signature = key.sign(message);
        if (!key.publicKey().verifyNew(message, signature)) {
            throw new UndecidedException("the signature that " + key.publicKey() + " made about "
                    + statement.subject().digest()
                    + " does not verify: the key or its device is faulty; nothing was written");
        }
        return signature;
    }

    private static Descriptor layer(LegacyTag tag, byte[] blob, Map<String, String> annotations) {
        Descriptor plain = Descriptor.of(tag.layerType(), blob);
        return new Descriptor(
                plain.mediaType(), plain.digest(), plain.size(), Optional.empty(), annotations, Optional.empty());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
