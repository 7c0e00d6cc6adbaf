package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.testing.structure.StructureTests;

import java.io.Serializable;
import java.util.Base64;
import java.util.Set;

/**
 * A file of structure tests on its way between machines. Refuses content larger than {@value #MAX_BYTES} bytes.
 *
 * @param content in Base64, so that every byte arrives
 */
record TestFile(String name, String content) implements Serializable {
    static final int MAX_BYTES = StrictYaml.MAX_BYTES;

    static TestFile of(String name, byte[] bytes) {
        return new TestFile(name, Base64.getEncoder().encodeToString(bytes));
    }

    static TestFile read(JsonObject json) throws InvalidInputException {
        json.allowOnly(Set.of("name", "content"));
        return new TestFile(json.string("name"), json.string("content"));
    }

    ObjectNode toJson() {
        return StrictJson.object().put("name", name).put("content", content);
    }

    StructureTests tests() throws InvalidInputException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("the file of tests '" + name + "' did not arrive completely", e);
        }
        if (bytes.length > MAX_BYTES) {
            throw tooLarge(name);
        }
        return StructureTests.parse(bytes, name);
    }

    static InvalidInputException tooLarge(String name) {
        return new InvalidInputException(
                "the file of tests '" + name + "' is larger than the allowed " + MAX_BYTES + " bytes");
    }
}
