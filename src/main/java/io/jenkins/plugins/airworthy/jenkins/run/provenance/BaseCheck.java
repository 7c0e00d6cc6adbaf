package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.gate.BaseReader;
import io.jenkins.plugins.airworthy.image.manifest.FoundBase;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.Optional;

/** Compares the base that an agent or an image claims with the layers of the image that is in the registry. */
final class BaseCheck {
    private BaseCheck() {}

    /**
     * Compares the base. Returns why it could not, such as a registry that the controller is not set up for; absent if it could,
     * or if no base is claimed.
     *
     * @throws InvalidInputException if the image is not built on that base
     */
    static Optional<String> unchecked(BuildClaim claim, ImageStores stores)
            throws AirworthyException, InterruptedException {
        if (claim.base().isEmpty()) {
            return Optional.empty();
        }
        return unchecked(claim.base().get(), image(claim, stores), "the agent says that it was put on ", stores);
    }

    /**
     * Compares a base with an image that was read already.
     *
     * @param claim for the refusal: who says what, before the base's name
     */
    static Optional<String> unchecked(Provenance.Base base, ResolvedImage image, String claim, ImageStores stores)
            throws InvalidInputException, InterruptedException {
        FoundBase layers = new BaseReader(stores).read(base);
        if (layers instanceof FoundBase.Read read) {
            compare(image, read, base, claim);
            return Optional.empty();
        }
        return Optional.of(layers instanceof FoundBase.Unread unread ? unread.reason() : "it was not read");
    }

    private static ResolvedImage image(BuildClaim claim, ImageStores stores)
            throws AirworthyException, InterruptedException {
        ImageReference pinned = claim.reference().at(claim.digest());
        try (ImageStore store = stores.open(pinned)) {
            return ImageReader.read(store, pinned);
        }
    }

    private static void compare(ResolvedImage image, FoundBase.Read base, Provenance.Base named, String claim)
            throws InvalidInputException {
        for (PlatformImage platform : image.platforms()) {
            Optional<String> problem = base.problem(platform, "the base '" + named.reference() + "'");
            if (problem.isPresent()) {
                throw new InvalidInputException(image.pinned() + ": " + claim
                        + named.reference() + " at " + named.digest() + ", but " + problem.get()
                        + "; nothing is recorded of it: find out what changed the image or the agent");
            }
        }
    }
}
