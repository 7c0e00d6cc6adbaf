package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;

import java.util.Set;

/**
 * An image's config as Trivy gets it. Trivy guesses from the history which layers are a base image's (those below an empty layer
 * that was made by CMD), and neither looks for secrets in them nor checks the commands that made them. The maker of an image
 * writes that history, so this config marks no layer as empty. It keeps the commands, because they are scanned as well, and
 * omits unknown members, because Trivy may understand them.
 */
final class NeutralConfig {
    private static final Set<String> MEMBERS = Set.of(
            "created",
            "author",
            "architecture",
            "variant",
            "os",
            "os.version",
            "os.features",
            "config",
            "rootfs",
            "history");
    private static final Set<String> LAYER_MEMBERS = Set.of("created", "created_by", "author", "comment");
    private static final String HISTORY = "history";

    private NeutralConfig() {}

    /** Returns the bytes of the neutral config. */
    static byte[] of(byte[] config, String what) throws InvalidInputException {
        JsonObject root = StrictJson.parseObject(config, what, ImageConfig.MAX_BYTES, ImageConfig.MAX_VALUES);
        root.refuseLookalikes(MEMBERS);
        ObjectNode neutral = root.node().deepCopy();
        neutral.retain(MEMBERS);
        if (neutral.hasNonNull(HISTORY)) {
            ArrayNode layers = neutral.putArray(HISTORY);
            for (JsonObject layer : root.objects(HISTORY)) {
                layer.refuseLookalikes(LAYER_MEMBERS);
                layers.add(layer.node().deepCopy().retain(LAYER_MEMBERS));
            }
        }
        return StrictJson.write(neutral);
    }
}
