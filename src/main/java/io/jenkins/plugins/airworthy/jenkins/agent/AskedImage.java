package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageSelector;

/**
 * The image that a step is to observe, as the controller reads it: a tag is resolved here, once. Refuses an image in the
 * workspace, which the controller cannot read, and an image without a runnable part.
 *
 * @param reference as it was built or asked for
 * @param image what it is, by digest
 */
record AskedImage(ImageReference reference, ResolvedImage image) {

    /**
     * Finds the image.
     *
     * @param argument a digest or reference of this run's images, or a reference to another; empty if there is none
     */
    static AskedImage find(StepEnvironment place, String argument) throws AirworthyException, InterruptedException {
        ImageReference reference = ImageSelector.of(place).ofAnyRun(argument);
        if (AgentStores.isInWorkspace(reference)) {
            throw new InvalidInputException(reference + " is in the workspace, where the controller cannot read it:"
                    + " build it into a registry, or into a folder that the administrator listed");
        }
        ImageStores stores = Registries.current().controllerStores(place.run());
        try (ImageStore store = stores.open(reference)) {
            ResolvedImage image = ImageReader.read(store, reference);
            if (image.platforms().isEmpty()) {
                throw new InvalidInputException(
                        reference + " contains no image that can run: " + String.join("; ", image.problems()));
            }
            return new AskedImage(reference, image);
        }
    }

    /** Its reference by digest only. */
    String pinned() {
        return image.pinned().toString();
    }
}
