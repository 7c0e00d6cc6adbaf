package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.Optional;

/**
 * Resolves a reference, once, to its image. Refuses a tag that does not point at the given digest. Parts of the image that
 * cannot be judged are reported as problems; parts that cannot be read are failures.
 */
public final class ImageReader {
    /** How many children an index may have whose children are read. */
    public static final int MAX_PLATFORMS = PlatformReader.MAX_PLATFORMS;

    private ImageReader() {}

    /** The image with its platforms. */
    public static ResolvedImage read(ImageStore store, ImageReference reference)
            throws AirworthyException, InterruptedException {
        Manifest manifest = resolve(store, reference);
        PlatformReader reader = new PlatformReader(store, manifest);
        reader.read();
        return new ResolvedImage(reference, manifest.descriptor(), manifest, reader.platforms(), reader.problems());
    }

    /** The manifest alone, in one request. */
    public static Manifest resolve(ImageStore store, ImageReference reference)
            throws AirworthyException, InterruptedException {
        Optional<Manifest> found = Optional.empty();
        if (reference.tag().isPresent()) {
            found = store.manifest(reference.tag().get());
        } else if (reference.digest().isPresent()) {
            found = store.manifest(reference.digest().get());
        } else {
            throw new InvalidInputException(
                    "'" + reference + "' names no image: add a tag, or @ and a digest; there is no default");
        }
        if (found.isEmpty()) {
            throw new UndecidedException(reference + " was not found; check the name and the tag");
        }
        Digest digest = found.get().digest();
        if (reference.digest().isPresent() && !reference.digest().get().equals(digest)) {
            throw new InvalidInputException(reference + ": the tag points at " + digest
                    + " now, not at the digest after it; leave out one of them");
        }
        return found.get();
    }
}
