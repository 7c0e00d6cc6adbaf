package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.ImageReader;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.image.ImageStore;
import io.jenkins.plugins.airworthy.image.ImageStores;
import io.jenkins.plugins.airworthy.image.ResolvedImage;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.jenkins.run.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.run.StepPlace;

import java.util.List;

/**
 * The image that a step is to look at, as the controller reads it: a tag is resolved here, once. Refuses an image in the workspace,
 * where the controller cannot look, and one without any part that runs.
 *
 * @param reference as it was built or asked for
 * @param image what it is, by digest
 */
record AskedImage(ImageReference reference, ResolvedImage image) {

    /**
     * Finds it.
     *
     * @param argument a digest or reference of this run's images, or a reference to another; empty means the one built last
     */
    static AskedImage find(StepPlace place, String argument) throws AirworthyException, InterruptedException {
        ImageReference reference = reference(ImageRecord.of(place.run()), argument);
        if (AgentStores.isInWorkspace(reference)) {
            throw new InvalidInputException(reference + " is in the workspace, where the controller cannot look:"
                    + " build it into a registry, or into a folder that the administrator listed");
        }
        ImageStores stores = Registries.current().controllerStores(place.run());
        try (ImageStore store = stores.open(reference)) {
            ResolvedImage image = ImageReader.read(store, reference);
            if (image.platforms().isEmpty()) {
                throw new InvalidInputException(
                        reference + " holds no image that runs: " + String.join("; ", image.problems()));
            }
            return new AskedImage(reference, image);
        }
    }

    /** An image of this run is meant by its digest, wherever its tag may point by now. */
    private static ImageReference reference(ImageRecord record, String argument) throws AirworthyException {
        if (argument.isEmpty()) {
            return record.latest().pinned();
        }
        if (argument.startsWith("sha256:")) {
            return record.find(argument).pinned();
        }
        ImageReference reference = ImageReference.parse(argument);
        List<RecordedImage> known = record.images();
        for (int i = known.size() - 1; i >= 0; i--) {
            if (known.get(i).reference().equals(reference)) {
                return known.get(i).pinned();
            }
        }
        return reference;
    }

    /** Where it is, by digest alone. */
    String pinned() {
        return image.pinned().toString();
    }
}
