package io.jenkins.plugins.airworthy.build;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the manifest of one platform's image, and the index over several. */
final class ImageAssembly {
    /** Maximum number of layers, which is what Linux can mount over each other. */
    static final int MAX_LAYERS = 127;

    /** OCI image specification, annotations.md. */
    static final String BASE_DIGEST = "org.opencontainers.image.base.digest";

    private ImageAssembly() {}

    /** The image of one platform, before it is written. */
    record Image(BaseImage base, Config config, Manifest manifest) {}

    /** A config's text and its descriptor. */
    record Config(String json, Descriptor descriptor) {
        byte[] bytes() {
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    static Image image(BaseImage base, BuildRequest request, List<LayerWriter.Layer> own) throws InvalidInputException {
        List<Descriptor> layers = new ArrayList<>(base.layers());
        own.forEach(layer -> layers.add(layer.descriptor()));
        if (layers.size() > MAX_LAYERS) {
            throw new InvalidInputException(
                    "the image would have " + layers.size() + " layers, but engines mount at most " + MAX_LAYERS
                            + ": copy a folder instead of its files one by one");
        }
        byte[] bytes = new ConfigMerge(base, request.settings(), request.created()).merged(own);
        Config config =
                new Config(new String(bytes, StandardCharsets.UTF_8), Descriptor.of(MediaTypes.OCI_CONFIG, bytes));
        ObjectNode json = document(MediaTypes.OCI_MANIFEST);
        json.set("config", config.descriptor().toJson());
        ArrayNode array = json.putArray("layers");
        layers.forEach(layer -> array.add(layer.toJson()));
        base.digest().ifPresent(digest -> json.putObject("annotations").put(BASE_DIGEST, digest.toString()));
        return new Image(base, config, Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(json)));
    }

    static Manifest index(List<Image> images) throws InvalidInputException {
        ObjectNode json = document(MediaTypes.OCI_INDEX);
        ArrayNode manifests = json.putArray("manifests");
        for (Image image : images) {
            ObjectNode child =
                    image.manifest().descriptor().with(image.base().platform()).toJson();
            // A descriptor may have more members about its platform than a Platform.
            if (child.get("platform") instanceof ObjectNode platform) {
                image.base().config().map(BaseConfig::written).ifPresent(base -> {
                    for (String member : ConfigMerge.KEPT_OF_PLATFORM) {
                        if (base.has(member)) {
                            platform.set(member, base.get(member));
                        }
                    }
                });
            }
            manifests.add(child);
        }
        return Manifest.parse(MediaTypes.OCI_INDEX, StrictJson.write(json));
    }

    private static ObjectNode document(String mediaType) {
        return StrictJson.object().put("schemaVersion", 2).put("mediaType", mediaType);
    }
}
