package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.LayersTag;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The two ways in which many writers attach something to one image, where a tag keeps the list. */
enum AttachedPiece {
    /** A manifest with a subject. */
    REFERRER {
        @Override
        Digest attach(RegistryStore store, Descriptor subject, String text) throws Exception {
            SampleImage note = SampleImage.attachedTo(subject, text);
            note.writeTo(store);
            return note.manifest().digest();
        }
    },

    /** A layer at the tag where older cosign looks for signatures. */
    LAYER {
        @Override
        Digest attach(RegistryStore store, Descriptor subject, String text) throws Exception {
            byte[] payload = text.getBytes(StandardCharsets.UTF_8);
            Descriptor blob = Descriptor.of("application/vnd.dev.cosign.simplesigning.v1+json", payload);
            Descriptor layer = new Descriptor(
                    blob.mediaType(),
                    blob.digest(),
                    blob.size(),
                    Optional.empty(),
                    Map.of("dev.cosignproject.cosign/signature", "AAAA"),
                    Optional.empty());
            store.putBlob(layer, () -> new ByteArrayInputStream(payload));
            LayersTag.add(store, signatures(subject.digest()), List.of(layer));
            return layer.digest();
        }
    };

    abstract Digest attach(RegistryStore store, Descriptor subject, String text) throws Exception;

    static String signatures(Digest subject) {
        return "sha256-" + subject.hex() + ".sig";
    }
}
