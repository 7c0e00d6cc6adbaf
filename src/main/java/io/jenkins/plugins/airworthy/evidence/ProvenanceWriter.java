package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;

/** Writes a provenance predicate, with source and base where {@link ProvenanceReader} finds them again. */
final class ProvenanceWriter {
    private ProvenanceWriter() {}

    static ObjectNode write(Provenance provenance, ObjectNode parameters, ObjectNode environment) {
        ObjectNode json = StrictJson.object();
        ObjectNode definition = json.putObject("buildDefinition");
        definition.put("buildType", provenance.buildType());
        ObjectNode external = definition.putObject("externalParameters");
        external.setAll(parameters);
        provenance.source().ifPresent(source -> external.putObject("source")
                .put("repository", source.repository())
                .put("ref", source.ref()));
        provenance.base().ifPresent(base -> external.put(ProvenanceReader.BASE, base.reference()));
        if (!environment.isEmpty()) {
            definition.set("internalParameters", environment);
        }
        dependencies(provenance, definition.putArray("resolvedDependencies"));
        ObjectNode details = json.putObject("runDetails");
        details.putObject("builder").put("id", provenance.builderId());
        ObjectNode metadata = StrictJson.object();
        provenance.invocationId().ifPresent(id -> metadata.put("invocationId", id));
        provenance.startedAt().ifPresent(time -> metadata.put("startedOn", time.toString()));
        provenance.finishedAt().ifPresent(time -> metadata.put("finishedOn", time.toString()));
        if (!metadata.isEmpty()) {
            details.set("metadata", metadata);
        }
        return json;
    }

    private static void dependencies(Provenance provenance, ArrayNode array) {
        for (Provenance.Dependency dependency : provenance.dependencies()) {
            ObjectNode json = array.addObject().put("uri", dependency.uri());
            if (dependency.algorithm().isPresent() && dependency.value().isPresent()) {
                json.putObject("digest")
                        .put(dependency.algorithm().get(), dependency.value().get());
            }
        }
    }
}
