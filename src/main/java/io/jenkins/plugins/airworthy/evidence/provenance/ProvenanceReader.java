package io.jenkins.plugins.airworthy.evidence.provenance;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a provenance predicate. Source and base are read only from our own build types. */
final class ProvenanceReader {
    /** How many characters a name, ref or digest may have. */
    private static final int MAX_LENGTH = Provenance.MAX_URI_LENGTH;

    static final String RESOLVED = "resolvedDependencies";
    static final String BASE = "base";
    static final String GIT_COMMIT = "gitCommit";
    static final String SHA256 = "sha256";

    private ProvenanceReader() {}

    static Provenance read(JsonObject predicate) throws InvalidInputException {
        JsonObject definition = predicate.object("buildDefinition");
        JsonObject external = definition.object("externalParameters");
        definition.optionalObject("internalParameters");
        JsonObject details = predicate.object("runDetails");
        List<JsonObject> resolved = dependencies(definition, RESOLVED);
        String buildType = bounded(definition, "buildType");
        boolean ours = Provenance.OWN_BUILD_TYPES.contains(buildType);
        List<Provenance.Dependency> dependencies = new ArrayList<>();
        for (JsonObject dependency : resolved) {
            dependencies.add(dependency(dependency));
        }
        Optional<JsonObject> metadata = details.optionalObject("metadata");
        return new Provenance(
                buildType,
                ours ? bounded(details.object("builder"), "id") : text(details.object("builder"), "id"),
                ours ? source(external, resolved) : Optional.empty(),
                ours ? base(external, resolved) : Optional.empty(),
                dependencies,
                metadata.isEmpty() ? Optional.empty() : optionalText(metadata.get(), "invocationId"),
                metadata.isEmpty() ? Optional.empty() : metadata.get().optionalInstant("startedOn"),
                metadata.isEmpty() ? Optional.empty() : metadata.get().optionalInstant("finishedOn"));
    }

    private static Optional<Provenance.Source> source(JsonObject external, List<JsonObject> resolved)
            throws InvalidInputException {
        Optional<JsonObject> written = external.optionalObject("source");
        if (written.isEmpty()) {
            return Optional.empty();
        }
        Provenance.Source source = new Provenance.Source(
                bounded(written.get(), "repository"), bounded(written.get(), "ref"), Optional.empty());
        Set<String> commits = new HashSet<>();
        for (JsonObject dependency : resolved) {
            if (dependency.optionalString("uri").equals(Optional.of(source.uri()))) {
                commits.add(bounded(dependency.object("digest"), GIT_COMMIT));
            }
        }
        if (commits.size() > 1) {
            throw external.error("source", "is resolved to several commits");
        }
        return Optional.of(new Provenance.Source(
                source.repository(), source.ref(), commits.stream().findFirst()));
    }

    /** Reads the base: its reference is among the parameters, its digest among the dependencies; both are required. */
    private static Optional<Provenance.Base> base(JsonObject external, List<JsonObject> resolved)
            throws InvalidInputException {
        if (!external.has(BASE)) {
            return Optional.empty();
        }
        Provenance.Base named = new Provenance.Base(bounded(external, BASE), "");
        Set<Digest> digests = new HashSet<>();
        for (JsonObject dependency : resolved) {
            if (dependency.optionalString("uri").equals(Optional.of(named.uri()))) {
                digests.add(Digest.hexMember(dependency.object("digest"), SHA256));
            }
        }
        if (digests.size() != 1) {
            throw external.error(
                    BASE, "has " + digests.size() + " digests in resolvedDependencies, expected exactly one");
        }
        return Optional.of(
                new Provenance.Base(named.reference(), digests.iterator().next().toString()));
    }

    private static Provenance.Dependency dependency(JsonObject json) throws InvalidInputException {
        Map<String, String> digests = json.stringMap("digest");
        Optional<String> algorithm = digests.containsKey(SHA256)
                ? Optional.of(SHA256)
                : digests.containsKey(GIT_COMMIT)
                        ? Optional.of(GIT_COMMIT)
                        : digests.keySet().stream().findFirst();
        Optional<String> uri = json.optionalString("uri");
        return new Provenance.Dependency(
                uri.isPresent() ? uri.get() : json.optionalString("name").orElse(""),
                algorithm,
                algorithm.map(digests::get));
    }

    private static String bounded(JsonObject json, String name) throws InvalidInputException {
        String text = json.string(name);
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw json.error(name, "expected 1 to " + MAX_LENGTH + " characters");
        }
        return text;
    }

    /** A text that must be there and may be empty, since BuildKit writes an empty builder. */
    static String text(JsonObject json, String name) throws InvalidInputException {
        return optionalText(json, name).orElseThrow(() -> json.error(name, "is missing"));
    }

    static Optional<String> optionalText(JsonObject json, String name) throws InvalidInputException {
        Optional<String> text = json.optionalString(name);
        if (text.isPresent() && text.get().length() > MAX_LENGTH) {
            throw json.error(name, "expected at most " + MAX_LENGTH + " characters");
        }
        return text;
    }

    /** The descriptors of what a build used, in both versions. */
    static List<JsonObject> dependencies(JsonObject json, String name) throws InvalidInputException {
        List<JsonObject> resolved = json.objects(name);
        if (resolved.size() > Provenance.MAX_DEPENDENCIES) {
            throw json.error(name, "more than the allowed " + Provenance.MAX_DEPENDENCIES);
        }
        return resolved;
    }
}
