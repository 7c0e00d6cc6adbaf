package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What the schema of SARIF 2.1.0 asks of the parts that are written here, and sections 3.27 and 3.58 of the specification. */
final class SarifShape {
    private static final List<String> LEVELS = List.of("none", "note", "warning", "error");

    private SarifShape() {}

    static void check(JsonNode log) {
        only(log, "$schema", "version", "runs");
        assertThat(log.path("version").textValue()).isEqualTo("2.1.0");
        assertThat(log.path("runs")).hasSize(1);
        JsonNode run = log.at("/runs/0");
        only(run, "tool", "invocations", "artifacts", "results");
        for (JsonNode artifact : run.path("artifacts")) {
            only(artifact, "location", "description");
            assertThat(URI.create(artifact.at("/location/uri").textValue()).isAbsolute())
                    .isTrue();
            assertThat(artifact.at("/description/text").textValue()).isNotEmpty();
        }
        only(run.path("tool"), "driver");
        only(run.at("/tool/driver"), "name", "version", "rules");
        assertThat(run.at("/tool/driver/name").textValue()).isNotEmpty();
        Set<String> rules = new HashSet<>();
        for (JsonNode rule : run.at("/tool/driver/rules")) {
            only(rule, "id", "shortDescription");
            assertThat(rule.at("/shortDescription/text").textValue()).isNotEmpty();
            assertThat(rules.add(rule.path("id").textValue())).isTrue();
        }
        JsonNode invocation = run.at("/invocations/0");
        only(invocation, "executionSuccessful", "exitCode", "toolExecutionNotifications");
        assertThat(invocation.path("executionSuccessful").isBoolean()).isTrue();
        if (invocation.has("exitCode")) {
            assertThat(invocation.path("exitCode").isInt()).isTrue();
        }
        for (JsonNode told : invocation.path("toolExecutionNotifications")) {
            only(told, "message", "level");
            assertThat(told.at("/message/text").textValue()).isNotEmpty();
            assertThat(LEVELS).contains(told.path("level").textValue());
        }
        for (JsonNode result : run.path("results")) {
            only(result, "ruleId", "level", "message", "locations", "properties");
            assertThat(rules).contains(result.path("ruleId").textValue());
            assertThat(LEVELS).contains(result.path("level").textValue());
            assertThat(result.at("/message/text").textValue()).isNotEmpty();
            assertThat(URI.create(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                                    .textValue())
                            .isAbsolute())
                    .isTrue();
            assertThat(result.at("/locations/0/logicalLocations/0/fullyQualifiedName")
                            .textValue())
                    .isNotEmpty();
        }
    }

    private static void only(JsonNode object, String... names) {
        assertThat(object.isObject()).isTrue();
        object.fieldNames().forEachRemaining(name -> assertThat(names).contains(name));
    }
}
