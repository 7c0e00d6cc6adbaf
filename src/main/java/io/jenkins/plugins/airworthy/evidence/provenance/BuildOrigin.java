package io.jenkins.plugins.airworthy.evidence.provenance;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The source and the entry point of a build, read where its build type has them. Of a build type that is not listed here, both are
 * unknown: the same words may mean something else there.
 *
 * @param isWorkflow whether the entry point is the definition of the build, which a certificate names, too
 */
record BuildOrigin(ProvenanceView.Source source, String entryPoint, boolean isWorkflow) {
    private static final BuildOrigin UNKNOWN = new BuildOrigin(ProvenanceView.Source.UNKNOWN, "", false);
    private static final String GENERATORS = "https://github\\.com/slsa-framework/slsa-github-generator/";
    private static final String BUILD_CONFIG_SOURCE = "buildConfigSource";
    private static final String REPOSITORY = "repository";
    private static final String URI = "uri";
    private static final String PATH = "path";
    private static final String SOURCE = "source";
    private static final String ENTRY_POINT = "entryPoint";

    /** A workflow as its runner names it: owner, repository, path, revision. */
    private static final Pattern WORKFLOW_REF = Pattern.compile("[^/@]+/[^/@]+/([^@]+)@refs/.+");

    /** What a reader of version 1 may look at. */
    private record Build(JsonObject definition, JsonObject external, List<ProvenanceView.Dependency> resolved) {}

    /** Reads one shape of parameters. */
    @FunctionalInterface
    private interface Reader<T> {
        BuildOrigin read(T parameters) throws InvalidInputException;
    }

    private record BuildType<T>(Pattern name, Reader<T> reader) {
        static <T> BuildType<T> of(String name, Reader<T> reader) {
            return new BuildType<>(Pattern.compile(name), reader);
        }
    }

    /** Tekton's {@code buildConfigSource} is where the pipeline's definition came from, so only the path of that is read. */
    private static final List<BuildType<Build>> V1 = List.of(
            BuildType.of("https://actions\\.github\\.io/buildtypes/workflow/v1", BuildOrigin::workflow),
            BuildType.of(GENERATORS + "delegator-generic@v0", BuildOrigin::delegated),
            BuildType.of("https://slsa\\.dev/container-based-build/v0\\.1\\?draft", BuildOrigin::containerBased),
            BuildType.of("https://cloud\\.google\\.com/build/gcb-buildtypes/google-worker/v1", BuildOrigin::cloudBuild),
            BuildType.of(gitlab(), BuildOrigin::gitlabRunner),
            BuildType.of(
                    "https://github\\.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions\\.md",
                    build -> buildKit(build.external(), PATH)),
            BuildType.of("https://tekton\\.dev/chains/v2/slsa(?:-tekton)?", BuildOrigin::tekton));

    private static final List<BuildType<JsonObject>> V0_2 = List.of(
            BuildType.of(GENERATORS + "(?:container|generic|go)@v1", call -> configSource(call, ENTRY_POINT, true)),
            BuildType.of("https://mobyproject\\.org/buildkit@v1", call -> buildKit(call, ENTRY_POINT)),
            BuildType.of(gitlab(), call -> configSource(call, ENTRY_POINT, false)));

    private static String gitlab() {
        return "https://gitlab\\.com/gitlab-org/gitlab-runner/-/blob/[^/?#\\s]{1,100}/PROVENANCE\\.md";
    }

    static BuildOrigin inV1(String buildType, JsonObject definition, List<ProvenanceView.Dependency> resolved)
            throws InvalidInputException {
        return read(V1, buildType, new Build(definition, definition.object("externalParameters"), resolved));
    }

    static BuildOrigin inV02(String buildType, Optional<JsonObject> invocation) throws InvalidInputException {
        return invocation.isEmpty() ? UNKNOWN : read(V0_2, buildType, invocation.get());
    }

    /** What our own build types say; their source was checked when it was written. */
    static BuildOrigin ours(Provenance provenance, JsonObject external) throws InvalidInputException {
        Optional<JsonObject> job = external.optionalObject("job");
        return new BuildOrigin(
                provenance
                        .source()
                        .map(source -> new ProvenanceView.Source(
                                source.repository(),
                                source.ref(),
                                source.commit().orElse("")))
                        .orElse(ProvenanceView.Source.UNKNOWN),
                job.isEmpty() ? "" : text(job.get(), "scriptPath"),
                false);
    }

    private static <T> BuildOrigin read(List<BuildType<T>> known, String buildType, T parameters)
            throws InvalidInputException {
        for (BuildType<T> each : known) {
            if (each.name().matcher(buildType).matches()) {
                return each.reader().read(parameters);
            }
        }
        return UNKNOWN;
    }

    /** A workflow of GitHub: its revision is among the dependencies. */
    private static BuildOrigin workflow(Build build) throws InvalidInputException {
        JsonObject workflow = build.external().object("workflow");
        return resolved(
                GitUri.repository(text(workflow, REPOSITORY)),
                GitUri.ref(text(workflow, "ref")),
                build,
                text(workflow, PATH),
                true);
    }

    /** A workflow that others call: the repository that called it is the only one of git among the dependencies. */
    private static BuildOrigin delegated(Build build) throws InvalidInputException {
        Optional<JsonObject> internal = build.definition().optionalObject("internalParameters");
        Matcher named = WORKFLOW_REF.matcher(internal.isEmpty() ? "" : text(internal.get(), "GITHUB_WORKFLOW_REF"));
        String workflow = named.matches() ? named.group(1) : "";
        List<GitUri> called = build.resolved().stream()
                .map(ProvenanceView.Dependency::uri)
                .filter(GitUri::isGit)
                .map(GitUri::of)
                .distinct()
                .toList();
        return called.size() == 1
                ? resolved(called.get(0).repository(), called.get(0).ref(), build, workflow, true)
                : new BuildOrigin(ProvenanceView.Source.UNKNOWN, workflow, true);
    }

    private static BuildOrigin containerBased(Build build) throws InvalidInputException {
        JsonObject source = build.external().object(SOURCE);
        return new BuildOrigin(source(source), text(build.external(), "configPath"), false);
    }

    private static BuildOrigin cloudBuild(Build build) throws InvalidInputException {
        Optional<JsonObject> config = build.external().optionalObject(BUILD_CONFIG_SOURCE);
        return config.isEmpty()
                ? UNKNOWN
                : resolved(
                        GitUri.repository(text(config.get(), REPOSITORY)),
                        GitUri.ref(text(config.get(), "ref")),
                        build,
                        text(config.get(), PATH),
                        false);
    }

    private static BuildOrigin gitlabRunner(Build build) throws InvalidInputException {
        GitUri source = GitUri.of(text(build.external(), SOURCE));
        return resolved(source.repository(), source.ref(), build, text(build.external(), ENTRY_POINT), false);
    }

    private static BuildOrigin tekton(Build build) throws InvalidInputException {
        Optional<JsonObject> config = build.external().optionalObject(BUILD_CONFIG_SOURCE);
        return new BuildOrigin(ProvenanceView.Source.UNKNOWN, config.isEmpty() ? "" : text(config.get(), PATH), false);
    }

    /** The shape of version 0.2, which BuildKit kept: one object with the revision, its digest and the entry point. */
    private static BuildOrigin configSource(JsonObject holder, String entryPoint, boolean isWorkflow)
            throws InvalidInputException {
        Optional<JsonObject> config = holder.optionalObject("configSource");
        return config.isEmpty()
                ? UNKNOWN
                : new BuildOrigin(source(config.get()), text(config.get(), entryPoint), isWorkflow);
    }

    /** BuildKit also builds from an archive or a single file of a server; only a repository of git is a source. */
    private static BuildOrigin buildKit(JsonObject holder, String entryPoint) throws InvalidInputException {
        BuildOrigin read = configSource(holder, entryPoint, false);
        Optional<JsonObject> config = holder.optionalObject("configSource");
        return config.isPresent() && GitUri.isGit(text(config.get(), URI))
                ? read
                : new BuildOrigin(ProvenanceView.Source.UNKNOWN, read.entryPoint(), false);
    }

    /** A revision with its digest beside it. */
    private static ProvenanceView.Source source(JsonObject descriptor) throws InvalidInputException {
        GitUri named = GitUri.of(text(descriptor, URI));
        String commit = GitUri.commit(descriptor.stringMap("digest"));
        return named.repository().isEmpty()
                ? ProvenanceView.Source.UNKNOWN
                : new ProvenanceView.Source(named.repository(), named.ref(), commit);
    }

    /** A revision whose commit is among the dependencies. */
    private static BuildOrigin resolved(
            String repository, String ref, Build build, String entryPoint, boolean isWorkflow)
            throws InvalidInputException {
        if (repository.isEmpty()) {
            return new BuildOrigin(ProvenanceView.Source.UNKNOWN, entryPoint, isWorkflow);
        }
        Set<String> commits = new TreeSet<>();
        for (ProvenanceView.Dependency dependency : build.resolved()) {
            if (GitUri.of(dependency.uri()).equals(new GitUri(repository, ref))
                    && dependency.digest().startsWith(GitUri.GIT_COMMIT)) {
                commits.add(dependency.digest().substring(GitUri.GIT_COMMIT.length() + 1));
            }
        }
        if (commits.size() > 1) {
            throw build.definition().error(ProvenanceReader.RESOLVED, "resolves the source to several commits");
        }
        return new BuildOrigin(
                new ProvenanceView.Source(
                        repository, ref, commits.stream().findFirst().orElse("")),
                entryPoint,
                isWorkflow);
    }

    /** A text that may be missing, since older versions of a builder do not have it. */
    private static String text(JsonObject json, String name) throws InvalidInputException {
        return ProvenanceReader.optionalText(json, name).orElse("");
    }
}
