package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Resolves the images of a Dockerfile, each once, to digests. Refuses an image with instructions for those that are built on it (ONBUILD),
 * which could name other images.
 */
public final class PinnedImages {
    private static final String ON_BUILD = "OnBuild";

    /** Where a builder looks for them: buildah takes the second, which Docker's older images have, if there is no first. */
    private static final Set<String> SETTINGS = Set.of("config", "container_config");

    private PinnedImages() {}

    /** The images by their names; each value is by digest alone. Refuses a base that is not there for a platform that is asked for. */
    public static Map<RegistryReference, RegistryReference> resolve(
            Dockerfile dockerfile, BuildOptions options, ImageStores stores, Progress progress)
            throws AirworthyException, InterruptedException {
        Map<RegistryReference, RegistryReference> pinned = new LinkedHashMap<>();
        Optional<RegistryReference> base =
                dockerfile.base(Optional.of(options.target()).filter(stage -> !stage.isEmpty()));
        for (RegistryReference image : dockerfile.images()) {
            try (ImageStore store = stores.open(image)) {
                ResolvedImage found = ImageReader.read(store, image);
                found.requireWhole("used in a build");
                refuseTriggers(store, found);
                if (base.isPresent() && base.get().equals(image)) {
                    requirePlatforms(dockerfile, found, image, options);
                }
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
        Dockerfile.Use use = dockerfile.first(image);
        boolean word = !use.base() && !use.name().contains("/");
        return "Dockerfile, line " + use.line() + ": "
                + (word
                        ? "no stage before this line is called '" + use.name() + "', so it means the image " + image
                                + ": "
                        : "")
                + e.getMessage();
    }

    /** A builder may take another platform instead, and the image would hold programs that do not run there. */
    private static void requirePlatforms(
            Dockerfile dockerfile, ResolvedImage found, RegistryReference image, BuildOptions options)
            throws InvalidInputException {
        if (dockerfile.uses().stream()
                .noneMatch(use -> use.base() && use.image().equals(image) && use.isForTarget())) {
            return;
        }
        List<Platform> there =
                found.platforms().stream().map(PlatformImage::platform).toList();
        for (String platform : options.platforms()) {
            Platform asked = Platform.parse(platform);
            if (there.stream()
                    .noneMatch(each ->
                            each.os().equals(asked.os()) && each.architecture().equals(asked.architecture()))) {
                throw new InvalidInputException(image + " has no image for " + asked + ", which is asked for: it has "
                        + there.stream().map(Platform::toString).limit(10).collect(Collectors.joining(", "))
                        + ". Leave the platform out, or build on an image that has it");
            }
        }
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
