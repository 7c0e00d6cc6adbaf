package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

/** Opens the store that a reference points into, with the credentials and limits that belong to it. */
@FunctionalInterface
public interface ImageStores {
    /** Tag and digest of the reference do not matter. */
    ImageStore open(ImageReference reference) throws AirworthyException;
}
