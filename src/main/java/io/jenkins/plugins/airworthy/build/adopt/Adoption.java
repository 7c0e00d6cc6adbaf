package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks up, in the repository that was asked for, the image that a builder says it pushed. The digest comes from the builder's output
 * and never from the tag: a tag may be another image by now. Refuses a digest that is not there, the id of an image, a tag that
 * points elsewhere, and an image with a part that cannot be judged.
 */
public final class Adoption {
    private Adoption() {}

    /**
     * Looks it up.
     *
     * @param asked the repository that the builder pushed to; with a tag or a digest, that must be the same image
     */
    public static AdoptedImage of(ImageStore store, ImageReference asked, BuilderOutput output)
            throws AirworthyException, InterruptedException {
        Digest digest = output.digestFor(asked);
        if (output.ids().contains(digest)) {
            throw id(digest);
        }
        if (asked.digest().isPresent() && !asked.digest().get().equals(digest)) {
            throw new InvalidInputException(
                    "the builder's output names " + digest + ", and the one that is asked for is "
                            + asked.digest().get() + ": leave the digest out of its name");
        }
        requireThere(store, asked, digest);
        if (asked.tag().isPresent()) {
            requireAtTag(store, asked, asked.tag().get(), digest);
        }
        ResolvedImage image = ImageReader.read(store, asked.at(digest));
        image.requireWhole("adopted");
        return new AdoptedImage(asked, image, output.form());
    }

    private static void requireThere(ImageStore store, ImageReference asked, Digest digest)
            throws AirworthyException, InterruptedException {
        boolean there;
        try {
            there = store.manifest(digest).isPresent();
        } catch (UndecidedException | InvalidInputException e) {
            // Some registries answer with an error of their own if the digest is that of a config.
            if (isConfig(store, digest)) {
                throw id(digest);
            }
            throw e;
        }
        if (!there) {
            throw isConfig(store, digest)
                    ? id(digest)
                    : new InvalidInputException(asked.repository() + " has no image " + digest
                            + ": the builder did not push it there. Check that it pushes, that this is where to, and that"
                            + " the file is of this build");
        }
    }

    private static void requireAtTag(ImageStore store, ImageReference asked, String tag, Digest digest)
            throws AirworthyException, InterruptedException {
        Optional<Digest> now = store.resolve(tag).map(Descriptor::digest);
        if (now.isEmpty()) {
            throw new InvalidInputException(asked.repository() + " has no tag '" + tag
                    + "': name the tag that the builder pushed, or leave the tag out");
        }
        if (!now.get().equals(digest)) {
            throw new InvalidInputException(
                    asked + " is " + now.get() + " now, and the builder's output says " + digest
                            + ": the tag was moved after the push, or the file is of another build. Nothing is recorded of either");
        }
    }

    /** Whether there is a config of this digest. If that cannot be found out, the failure before counts. */
    private static boolean isConfig(ImageStore store, Digest digest) throws InterruptedException {
        try {
            OptionalLong size = store.hasBlob(digest) ? store.blobSize(digest) : OptionalLong.empty();
            if (size.isEmpty()) {
                return false;
            }
            Descriptor blob = new Descriptor(MediaTypes.OCI_CONFIG, digest, size.getAsLong());
            ImageConfig.parse(store.readBlob(blob, ImageConfig.MAX_BYTES), "config");
            return true;
        } catch (AirworthyException e) {
            return false;
        }
    }

    private static InvalidInputException id(Digest digest) {
        return new InvalidInputException(digest
                + " is the id of an image (the digest of its config), not the digest of the image. Let the builder write"
                + " the digest: --metadata-file of buildx and buildctl, --digestfile of buildah, podman and skopeo;"
                + " --iidfile and jib-image.id hold ids");
    }
}
