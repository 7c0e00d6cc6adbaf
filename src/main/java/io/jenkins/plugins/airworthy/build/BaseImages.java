package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the base image, once, and finds its images for the requested platforms. Refuses
 * artefacts that are not images, and a child with another platform than the index says.
 */
final class BaseImages {
    /** Default platform for an index if the request has none: the same on every machine. */
    static final Platform DEFAULT_PLATFORM = new Platform("linux", "amd64", Optional.empty());

    private final ImageReference reference;
    private final ImageStore store;
    private final Map<Digest, BaseConfig> configs = new HashMap<>();
    private long bytes;
    private int values;

    BaseImages(ImageReference reference, ImageStore store) {
        this.reference = reference;
        this.store = store;
    }

    /** Resolves the reference; from here on only its digest is used. */
    Manifest resolve() throws AirworthyException, InterruptedException {
        return ImageReader.resolve(store, reference);
    }

    List<BaseImage> of(Manifest base, List<Platform> wanted) throws AirworthyException, InterruptedException {
        List<BaseImage> images = new ArrayList<>();
        if (base instanceof ImageManifest image) {
            if (wanted.size() > 1) {
                throw new InvalidInputException("base image " + reference + " is for one platform only, but "
                        + wanted.size() + " are asked for");
            }
            images.add(read(image, wanted.isEmpty() ? Optional.empty() : Optional.of(wanted.get(0))));
        } else if (base instanceof IndexManifest index) {
            List<Platform> asked = wanted.isEmpty() ? List.of(DEFAULT_PLATFORM) : wanted;
            PlatformChoice listed = new PlatformChoice(reference, index.manifests());
            PlatformChoice choice = asked.stream().allMatch(listed::offers)
                    ? listed
                    : new PlatformChoice(reference, withPlatforms(index.manifests()));
            for (Platform platform : asked) {
                if (!(child(choice.childFor(platform)) instanceof ImageManifest image)) {
                    throw new InvalidInputException("base image " + reference + ": its entry for " + platform
                            + " is another index, which is not supported");
                }
                images.add(read(image, Optional.of(platform)));
            }
        }
        return List.copyOf(images);
    }

    /** Returns children with their platforms. For a child without one in the index the config names it, as for engines. */
    private List<Descriptor> withPlatforms(List<Descriptor> listed) throws AirworthyException, InterruptedException {
        if (listed.size() > ImageReader.MAX_PLATFORMS) {
            throw new InvalidInputException("base image " + reference + " lists more than the allowed "
                    + ImageReader.MAX_PLATFORMS + " images; name the one that you mean by its own digest");
        }
        List<Descriptor> children = new ArrayList<>();
        for (Descriptor child : listed) {
            boolean unnamed = child.platform().isEmpty() && MediaTypes.IMAGES.contains(child.mediaType());
            if (unnamed && child(child) instanceof ImageManifest image && image.hasImageConfig()) {
                BaseConfig config = config(image.config(), "base image " + reference.at(image.digest()));
                children.add(child.with(config.says().platform()));
            } else {
                children.add(child);
            }
        }
        return children;
    }

    private Manifest child(Descriptor listed) throws AirworthyException, InterruptedException {
        return store.manifest(listed.digest())
                .orElseThrow(() -> new UndecidedException("base image " + reference + " lists " + listed.digest()
                        + ", which is not there; restore it or choose another base image"));
    }

    private BaseImage read(ImageManifest manifest, Optional<Platform> wanted)
            throws AirworthyException, InterruptedException {
        String what = "base image " + reference.at(manifest.digest());
        if (!manifest.hasImageConfig()) {
            throw new InvalidInputException(what + " is not an image that could run: its config is of the type "
                    + manifest.config().mediaType());
        }
        BaseConfig written = config(manifest.config(), what);
        ImageConfig config = written.says();
        RequestRules.requireBuildable(config.platform());
        if (wanted.isPresent() && !PlatformChoice.suits(config.platform(), wanted.get())) {
            throw new InvalidInputException(
                    what + " is for " + config.platform() + ", but " + wanted.get() + " is asked for");
        }
        if (config.diffIds().size() != manifest.layers().size()) {
            throw new InvalidInputException(
                    what + " has " + Count.of(manifest.layers().size(), "layer") + ", but its config names "
                            + config.diffIds().size());
        }
        List<Descriptor> layers = new ArrayList<>();
        for (Descriptor layer : manifest.layers()) {
            layers.add(BaseLayers.inOciTerms(layer, what));
        }
        return new BaseImage(config.platform(), Optional.of(manifest.digest()), Optional.of(written), layers);
    }

    /** Several platforms may share one config. */
    private BaseConfig config(Descriptor blob, String what) throws AirworthyException, InterruptedException {
        BaseConfig known = configs.get(blob.digest());
        if (known != null) {
            return known;
        }
        JsonObject document = ImageConfig.document(store.readBlob(blob, ImageConfig.MAX_BYTES), what + ": config");
        BaseConfig config = new BaseConfig(ImageConfig.of(document), document.node());
        bytes += blob.size();
        values += config.values();
        if (bytes > ImageConfig.MAX_BYTES || values > ImageConfig.MAX_VALUES) {
            throw new InvalidInputException(what + ": the configs of all its platforms have " + bytes + " bytes and "
                    + values + " values, more than the allowed " + ImageConfig.MAX_BYTES + " and "
                    + ImageConfig.MAX_VALUES);
        }
        configs.put(blob.digest(), config);
        return config;
    }
}
