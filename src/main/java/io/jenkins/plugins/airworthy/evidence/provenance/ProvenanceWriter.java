package io.jenkins.plugins.airworthy.evidence.provenance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.List;

/** Writes a provenance predicate, with source and base where {@link ProvenanceReader} finds them again. */
final class ProvenanceWriter {
    private ProvenanceWriter() {}

    static ObjectNode write(
            Provenance provenance,
            ObjectNode parameters,
            ObjectNode environment,
            List<Provenance.Dependency> byproducts) {
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
        descriptors(provenance.dependencies(), definition.putArray("resolvedDependencies"));
        ObjectNode details = json.putObject("runDetails");
        details.putObject("builder").put("id", provenance.builderId());
        ObjectNode metadata = StrictJson.object();
        provenance.invocationId().ifPresent(id -> metadata.put("invocationId", id));
        provenance.startedAt().ifPresent(time -> metadata.put("startedOn", time.toString()));
        provenance.finishedAt().ifPresent(time -> metadata.put("finishedOn", time.toString()));
        if (!metadata.isEmpty()) {
            details.set("metadata", metadata);
        }
        if (!byproducts.isEmpty()) {
            descriptors(byproducts, details.putArray("byproducts"));
        }
        return json;
    }

    private static void descriptors(List<Provenance.Dependency> dependencies, ArrayNode array) {
        for (Provenance.Dependency dependency : dependencies) {
            ObjectNode json = array.addObject().put("uri", dependency.uri());
            if (dependency.algorithm().isPresent() && dependency.value().isPresent()) {
                json.putObject("digest")
                        .put(dependency.algorithm().get(), dependency.value().get());
            }
        }
    }
}
