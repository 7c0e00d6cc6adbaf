package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves the images of a Dockerfile, each once, to digests. Refuses an image with instructions for those that are built on it (ONBUILD),
 * which could name other images.
 */
public final class PinnedImages {
    private static final String ON_BUILD = "OnBuild";

    /** Where a builder looks for them: buildah takes the second, which Docker's older images have, if there is no first. */
    private static final Set<String> SETTINGS = Set.of("config", "container_config");

    private PinnedImages() {}

    /** The images by their names; each value is by digest alone. */
    public static Map<RegistryReference, RegistryReference> resolve(
            Dockerfile dockerfile, ImageStores stores, Progress progress)
            throws AirworthyException, InterruptedException {
        Map<RegistryReference, RegistryReference> pinned = new LinkedHashMap<>();
        for (RegistryReference image : dockerfile.images()) {
            try (ImageStore store = stores.open(image)) {
                ResolvedImage found = ImageReader.read(store, image);
                found.requireWhole("used in a build");
                refuseTriggers(store, found);
                pinned.put(image, image.at(found.digest()));
                progress.say("Image " + image + " is " + found.digest());
            } catch (InvalidInputException e) {
                throw new InvalidInputException(at(dockerfile, image, e), e);
            } catch (UndecidedException e) {
                throw new UndecidedException(at(dockerfile, image, e), e);
            }
        }
        return pinned;
    }

    private static String at(Dockerfile dockerfile, RegistryReference image, AirworthyException e) {
        return "Dockerfile, line " + dockerfile.line(image) + ": " + e.getMessage();
    }

    private static void refuseTriggers(ImageStore store, ResolvedImage image)
            throws AirworthyException, InterruptedException {
        Set<Digest> read = new HashSet<>();
        for (PlatformImage platform : image.platforms()) {
            if (!read.add(platform.manifest().config().digest())) {
                continue;
            }
            JsonObject config = ImageConfig.document(
                    store.readBlob(platform.manifest().config(), ImageConfig.MAX_BYTES), "config of " + image.pinned());
            config.refuseLookalikes(SETTINGS);
            for (String member : SETTINGS) {
                requireNoTriggers(config.optionalObject(member), image);
            }
        }
    }

    private static void requireNoTriggers(Optional<JsonObject> settings, ResolvedImage image)
            throws InvalidInputException {
        if (settings.isPresent()) {
            settings.get().refuseLookalikes(Set.of(ON_BUILD));
            if (!settings.get().strings(ON_BUILD).isEmpty()) {
                throw new InvalidInputException(image.asked() + " has ONBUILD instructions, which the builder would"
                        + " run in this build and which could bring other images: use an image without them");
            }
        }
    }
}
