package io.jenkins.plugins.airworthy.evidence.provenance;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a predicate says by itself, in the words of {@link ProvenanceView}. Builder, times, invocation and dependencies have the same
 * place in every predicate of a version; the origin depends on the build type.
 */
record SaidProvenance(
        String builder,
        String buildType,
        BuildOrigin origin,
        String invocation,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        List<ProvenanceView.Dependency> dependencies,
        Optional<Provenance.Base> base) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** BuildKit's spelling, which the specification does not have. */
    private static final String BUILDKIT_INVOCATION = "buildInvocationID";

    /** Reads <a href="https://slsa.dev/spec/v1.0/provenance">version 1</a>. */
    static SaidProvenance ofV1(JsonObject predicate) throws InvalidInputException {
        Provenance read = ProvenanceReader.read(predicate);
        JsonObject definition = predicate.object("buildDefinition");
        List<ProvenanceView.Dependency> dependencies =
                dependencies(ProvenanceReader.dependencies(definition, ProvenanceReader.RESOLVED));
        return new SaidProvenance(
                read.builderId(),
                read.buildType(),
                Provenance.OWN_BUILD_TYPES.contains(read.buildType())
                        ? BuildOrigin.ours(read, definition.object("externalParameters"))
                        : BuildOrigin.inV1(read.buildType(), definition, dependencies),
                read.invocationId().orElse(""),
                read.startedAt(),
                read.finishedAt(),
                dependencies,
                read.base());
    }

    /** Reads <a href="https://slsa.dev/spec/v0.2/provenance">version 0.2</a>. */
    static SaidProvenance ofV02(JsonObject predicate) throws InvalidInputException {
        List<ProvenanceView.Dependency> materials = dependencies(ProvenanceReader.dependencies(predicate, "materials"));
        String buildType = ProvenanceReader.text(predicate, "buildType");
        Optional<JsonObject> metadata = predicate.optionalObject("metadata");
        return new SaidProvenance(
                ProvenanceReader.text(predicate.object("builder"), "id"),
                buildType,
                BuildOrigin.inV02(buildType, predicate.optionalObject("invocation")),
                metadata.isEmpty() ? "" : invocation(metadata.get()),
                metadata.isEmpty() ? Optional.empty() : metadata.get().optionalInstant("buildStartedOn"),
                metadata.isEmpty() ? Optional.empty() : metadata.get().optionalInstant("buildFinishedOn"),
                materials,
                Optional.empty());
    }

    private static String invocation(JsonObject metadata) throws InvalidInputException {
        return ProvenanceReader.optionalText(
                        metadata, metadata.node().has(BUILDKIT_INVOCATION) ? BUILDKIT_INVOCATION : "buildInvocationId")
                .orElse("");
    }

    private static List<ProvenanceView.Dependency> dependencies(List<JsonObject> descriptors)
            throws InvalidInputException {
        List<ProvenanceView.Dependency> dependencies = new ArrayList<>();
        for (JsonObject descriptor : descriptors) {
            Map<String, String> digests = descriptor.stringMap("digest");
            Optional<String> uri = ProvenanceReader.optionalText(descriptor, "uri");
            String name = uri.isPresent()
                    ? uri.get()
                    : ProvenanceReader.optionalText(descriptor, "name").orElse("");
            dependencies.add(new ProvenanceView.Dependency(name, digest(name, digests)));
        }
        return dependencies;
    }

    private static String digest(String uri, Map<String, String> digests) {
        if (GitUri.isGit(uri) || digests.containsKey(GitUri.GIT_COMMIT)) {
            String commit = GitUri.commit(digests);
            return commit.isEmpty() ? "" : GitUri.GIT_COMMIT + ":" + commit;
        }
        String hex = digests.getOrDefault(ProvenanceReader.SHA256, "");
        return SHA256.matcher(hex).matches() ? Provenance.SHA256_PREFIX + hex : "";
    }

    /** The view of this alone. */
    ProvenanceView view(List<String> claimed) {
        return new ProvenanceView(
                builder,
                buildType,
                origin.source(),
                origin.entryPoint(),
                invocation,
                startedAt,
                finishedAt,
                dependencies,
                base,
                claimed);
    }
}
