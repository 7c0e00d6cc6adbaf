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
    /** How many values it has, an object or array counting as one beside what is in it. */
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
