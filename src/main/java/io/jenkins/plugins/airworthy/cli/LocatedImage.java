package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.Optional;

/** An image that a reference was resolved to. The tag was resolved once; from here on only the digest counts. */
record LocatedImage(ImageReference reference, Manifest manifest) {

    static LocatedImage find(ImageStore store, ImageReference reference)
            throws AirworthyException, InterruptedException {
        return new LocatedImage(reference, ImageReader.resolve(store, reference));
    }

    static LocatedImage of(ResolvedImage image) {
        return new LocatedImage(image.asked(), image.manifest());
    }

    Digest digest() {
        return manifest.digest();
    }

    /** The beginning of every report about one image. */
    ObjectNode document() {
        return StrictJson.object()
                .put("schemaVersion", 1)
                .put("image", reference.toString())
                .put("digest", digest().toString());
    }

    /** The image's name for people, and its digest. */
    Subject subject() {
        return new Subject(Optional.of(reference.repository()), digest());
    }
}
