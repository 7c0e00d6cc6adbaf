package io.jenkins.plugins.airworthy.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;

/**
 * The config of a base image.
 *
 * @param says the parsed members
 * @param written the complete config, since unknown members are passed on
 */
record BaseConfig(ImageConfig says, ObjectNode written) {
    /** Returns the number of its values; an object or array counts as one in addition to its members. */
    int values() {
        return values(written);
    }

    private static int values(JsonNode node) {
        int values = 1;
        for (JsonNode each : node) {
            values += values(each);
        }
        return values;
    }
}
