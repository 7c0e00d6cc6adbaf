package io.jenkins.plugins.airworthy.evidence.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.CertificateExtension;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The shapes of other builders, in one form. Those of BuildKit were recorded; the others follow what their builders document. */
class ProvenanceViewTest {
    private static final String COMMIT = "5c9ebba17ecc935d2e5a2d1af0886304a1af805e";
    private static final String APP = "https://github.com/acme/app";
    private static final String MAIN = "refs/heads/main";
    private static final String WORKFLOW = APP + "/.github/workflows/release.yml@refs/heads/main";
    private static final Signer KEY = new Signer.Key("00", Set.of("platform"));
    private static final ProvenanceView.Source SOURCE = new ProvenanceView.Source(APP, MAIN, COMMIT);

    @Test
    void readsWorkflowsOfGithub() throws InvalidInputException {
        ProvenanceView view = v1(GithubSamples.workflow(APP, MAIN, COMMIT, WORKFLOW), KEY);

        assertThat(view.builder()).isEqualTo(WORKFLOW);
        assertThat(view.source()).isEqualTo(SOURCE);
        assertThat(view.entryPoint()).isEqualTo(".github/workflows/release.yml");
        assertThat(view.invocation()).isEqualTo(APP + "/actions/runs/17/attempts/1");
        assertThat(view.dependencies())
                .containsExactly(new ProvenanceView.Dependency("git+" + APP + "@" + MAIN, "gitCommit:" + COMMIT));
        assertThat(view.claimed()).isEmpty();
        assertThat(view.tellsBase()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"container@v1", "generic@v1", "go@v1"})
    void readsGeneratorsOfSlsa(String buildType) throws InvalidInputException {
        ProvenanceView view = v02(
                v02Predicate(
                        "https://github.com/slsa-framework/slsa-github-generator/" + buildType,
                        "git+" + APP + "@" + MAIN,
                        "sha1"),
                KEY);

        assertThat(view.source()).isEqualTo(SOURCE);
        assertThat(view.entryPoint()).isEqualTo(".github/workflows/release.yml");
        assertThat(view.invocation()).isEqualTo("17-1");
        assertThat(view.startedAt()).contains(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(view.finishedAt()).contains(Instant.parse("2026-01-31T12:01:00Z"));
        assertThat(view.dependencies().get(0).digest()).isEqualTo("gitCommit:" + COMMIT);
    }

    @Test
    void readsBuildersThatRunAnImage() throws InvalidInputException {
        ProvenanceView view = v1(
                v1Predicate(
                        "https://slsa.dev/container-based-build/v0.1?draft",
                        """
                        {"source": {"uri": "git+%s@%s", "digest": {"sha1": "%s"}},
                         "builderImage": {"uri": "bash@sha256:9e2b"}, "configPath": "build.toml"}
                        """.formatted(APP, MAIN, COMMIT),
                        "{}",
                        "[]"),
                KEY);

        assertThat(view.source()).isEqualTo(SOURCE);
        assertThat(view.entryPoint()).isEqualTo("build.toml");
    }

    @Test
    void readsWorkflowsThatOthersCall() throws InvalidInputException {
        String type = "https://github.com/slsa-framework/slsa-github-generator/delegator-generic@v0";
        String internal = """
                {"GITHUB_WORKFLOW_REF": "acme/app/.github/workflows/release.yml@refs/heads/main"}""";
        String source = dependency("git+" + APP + "@" + MAIN, "gitCommit", COMMIT);

        ProvenanceView view = v1(v1Predicate(type, "{\"inputs\": \"***\"}", internal, "[" + source + "]"), KEY);
        assertThat(view.source()).isEqualTo(SOURCE);
        assertThat(view.entryPoint()).isEqualTo(".github/workflows/release.yml");

        String other = dependency("git+https://github.com/acme/tools@refs/tags/v1", "gitCommit", COMMIT);
        ProvenanceView two = v1(v1Predicate(type, "{}", internal, "[" + source + "," + other + "]"), KEY);
        assertThat(two.source()).isEqualTo(ProvenanceView.Source.UNKNOWN);
    }

    @Test
    void readsCloudBuild() throws InvalidInputException {
        ProvenanceView view = v1(
                v1Predicate(
                        "https://cloud.google.com/build/gcb-buildtypes/google-worker/v1",
                        """
                        {"buildConfigSource": {"repository": "git+%s", "ref": "%s", "path": "cloudbuild.yaml"},
                         "substitutions": {}}
                        """.formatted(APP, MAIN),
                        "{}",
                        "[" + dependency("git+" + APP + "@" + MAIN, "gitCommit", COMMIT) + "]"),
                KEY);

        assertThat(view.source()).isEqualTo(SOURCE);
        assertThat(view.entryPoint()).isEqualTo("cloudbuild.yaml");
    }

    @Test
    void readsRunnersOfGitlab() throws InvalidInputException {
        String type = "https://gitlab.com/gitlab-org/gitlab-runner/-/blob/v17.0.0/PROVENANCE.md";
        String project = "https://gitlab.com/acme/app";
        ProvenanceView v1 = v1(
                v1Predicate(
                        type,
                        "{\"source\": \"" + project + "\", \"entryPoint\": \"build-job\"}",
                        "{}",
                        "[" + dependency(project, "gitCommit", COMMIT) + "]"),
                KEY);
        assertThat(v1.source()).isEqualTo(new ProvenanceView.Source(project, "", COMMIT));
        assertThat(v1.entryPoint()).isEqualTo("build-job");

        ProvenanceView old = v02(v02Predicate(type, project, "sha256"), KEY);
        assertThat(old.source())
                .as("forty digits that are called sha256 are no known digest")
                .isEqualTo(new ProvenanceView.Source(project, "", ""));
        assertThat(old.dependencies().get(0).digest()).isEmpty();
    }

    /** As such a runner writes it: no ref, a commit under another name, and a job where a certificate names the pipeline's definition. */
    @Test
    void completesProvenanceOfARunnerOfGitlabFromItsCertificate() throws InvalidInputException {
        String project = "https://gitlab.com/acme/app";
        String written = GitlabSamples.runner(project, COMMIT);
        ProvenanceView alone = v1(written, KEY);
        assertThat(alone.builder()).isEqualTo(project + "/-/runners/5");
        assertThat(alone.source()).isEqualTo(new ProvenanceView.Source(project, "", ""));

        ProvenanceView certified =
                v1(written, GitlabSamples.identity("https://gitlab.com/acme/ci//release.yml", project, MAIN, COMMIT));
        assertThat(certified.builder()).isEqualTo("https://gitlab.com/acme/ci//release.yml@" + MAIN);
        assertThat(certified.source()).isEqualTo(new ProvenanceView.Source(project, MAIN, COMMIT));
        assertThat(certified.entryPoint()).isEqualTo("https://gitlab.com/acme/ci//release.yml@" + MAIN);
        assertThat(certified.invocation()).isEqualTo(project + "/-/jobs/17");

        ProvenanceView own = v1(written, GitlabSamples.identity(project + "//.gitlab-ci.yml", project, MAIN, COMMIT));
        assertThat(own.entryPoint()).isEqualTo(".gitlab-ci.yml");

        Signer stranger = GitlabSamples.identity(
                "https://gitlab.com/acme/ci//release.yml", "https://gitlab.com/stranger/app", MAIN, COMMIT);
        assertThatThrownBy(() -> v1(written, stranger))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("source.repository: '" + project + "' contradicts the certificate of the signer,"
                        + " which says 'https://gitlab.com/stranger/app'");
    }

    @Test
    void readsNoSourceFromHintsOfTekton() throws InvalidInputException {
        String pipelines = "https://git.example.com/acme/pipelines";
        ProvenanceView view = v1(
                v1Predicate(
                        "https://tekton.dev/chains/v2/slsa-tekton",
                        """
                        {"buildConfigSource": {"repository": "git+%s", "ref": "sha1:%s", "path": "build.yaml"}}
                        """.formatted(pipelines, COMMIT),
                        "{}",
                        "[" + dependency("git+" + APP + ".git", "sha1", COMMIT) + "]"),
                KEY);

        assertThat(view.source()).isEqualTo(ProvenanceView.Source.UNKNOWN);
        assertThat(view.entryPoint()).isEqualTo("build.yaml");
        assertThat(view.dependencies())
                .containsExactly(new ProvenanceView.Dependency("git+" + APP + ".git", "gitCommit:" + COMMIT));
        assertThat(v02(v02Predicate("tekton.dev/v1/PipelineRun", "git+" + APP + ".git", "sha1"), KEY)
                        .source())
                .isEqualTo(ProvenanceView.Source.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"bkgitv1.json", "bkgitv02.json"})
    void readsWhatBuildKitWrote(String file) throws Exception {
        ProvenanceView view = recorded(file);

        assertThat(view.builder()).isEmpty();
        assertThat(view.source())
                .as("a source that was fetched by git's own protocol, without TLS")
                .isEqualTo(ProvenanceView.Source.UNKNOWN);
        assertThat(view.entryPoint()).isEmpty();
        assertThat(view.invocation()).hasSize(25);
        assertThat(view.finishedAt()).isPresent();
        assertThat(view.dependencies())
                .contains(
                        new ProvenanceView.Dependency(
                                "pkg:docker/127.0.0.1:5951/base/busybox@1?platform=linux%2Famd64",
                                "sha256:43d89a8fa7a44424d1aef63c23fc236f3ea5f81abbd14a518d0b5f5224c02dd6"),
                        new ProvenanceView.Dependency("git://127.0.0.1:9951/app.git#main", "gitCommit:" + COMMIT));
    }

    @Test
    void doesNotBelieveWhatACheckoutSaidOfItself() throws Exception {
        assertThat(recorded("bkvcs.json").source()).isEqualTo(ProvenanceView.Source.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/app.git#main, https://github.com/acme/app, ''",
        "https://github.com/acme/app.git#refs/heads/main, https://github.com/acme/app, refs/heads/main",
        "https://github.com/acme/app.git, https://github.com/acme/app, ''",
        "https://example.com/app.tar.gz, '', ''",
        "git@github.com:acme/app.git#main, '', ''"
    })
    void readsTheRepositoryThatBuildKitFetched(String uri, String repository, String ref) throws InvalidInputException {
        ProvenanceView.Source read = v02(v02Predicate("https://mobyproject.org/buildkit@v1", uri, "sha1"), KEY)
                .source();

        assertThat(read.repository()).isEqualTo(repository);
        assertThat(read.ref()).isEqualTo(ref);
    }

    @Test
    void knowsOnlyTheBuilderAndTheDependenciesOfOtherBuildTypes() throws InvalidInputException {
        ProvenanceView view = v1(
                v1Predicate(
                        "https://example.com/build/v1",
                        "{\"source\": {\"repository\": \"" + APP + "\", \"ref\": \"" + MAIN + "\"}}",
                        "{}",
                        "[" + dependency("git+" + APP + "@" + MAIN, "gitCommit", COMMIT) + "]"),
                KEY);

        assertThat(view.source()).isEqualTo(ProvenanceView.Source.UNKNOWN);
        assertThat(view.builder()).isEqualTo(WORKFLOW);
        assertThat(view.dependencies()).hasSize(1);
    }

    @Test
    void saysWhatOnlyTheBuildSaid() throws InvalidInputException {
        String predicate = GithubSamples.workflow(APP, MAIN, COMMIT, WORKFLOW);

        assertThat(v1(predicate, new Signer.Identity("https://id.example.com", "ci@example.com"))
                        .claimed())
                .containsExactly(
                        "builder",
                        "source.repository",
                        "source.ref",
                        "source.commit",
                        "entryPoint",
                        "invocation",
                        "dependencies");
        ProvenanceView certified = v1(predicate, identity(Map.of()));
        assertThat(certified.claimed()).containsExactly("dependencies");
        assertThat(certified.source()).isEqualTo(SOURCE);
        assertThat(certified.builder()).isEqualTo(WORKFLOW);
        assertThat(certified.entryPoint()).isEqualTo(".github/workflows/release.yml");
        assertThat(certified.invocation()).isEqualTo(APP + "/actions/runs/17/attempts/1");
    }

    @Test
    void fillsFromTheCertificateWhatThePredicateDoesNotName() throws Exception {
        ProvenanceView view = ProvenanceView.of(statement("bkgitv1.json"), identity(Map.of()));

        assertThat(view.builder()).isEqualTo(WORKFLOW);
        assertThat(view.source()).isEqualTo(SOURCE);
        assertThat(view.invocation()).isEqualTo(APP + "/actions/runs/17/attempts/1");
    }

    @ParameterizedTest
    @CsvSource({
        "BUILD_SIGNER, https://github.com/acme/app/.github/workflows/other.yml@refs/heads/main, builder",
        "SOURCE_REPOSITORY, https://github.com/evil/app, source.repository",
        "SOURCE_REF, refs/heads/feature, source.ref",
        "SOURCE_COMMIT, 0000000000000000000000000000000000000000, source.commit",
        "BUILD_CONFIG, https://github.com/acme/app/.github/workflows/other.yml@refs/heads/main, entryPoint",
        "RUN_INVOCATION, https://github.com/acme/app/actions/runs/18/attempts/1, invocation"
    })
    void refusesAPredicateThatContradictsTheCertificate(
            CertificateExtension extension, String certified, String member) {
        String predicate = GithubSamples.workflow(APP, MAIN, COMMIT, WORKFLOW);

        assertThatThrownBy(() -> v1(predicate, identity(Map.of(extension, certified))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("predicate." + member + ": ")
                .hasMessageContaining("' contradicts the certificate of the signer, which says '");
    }

    @Test
    void doesNotTakeASourceFromThePredicateIfTheCertificateTellsOnlyTheBuild() throws InvalidInputException {
        Signer.Identity identity = new Signer.Identity(
                "https://id.example.com", WORKFLOW, Map.of(CertificateExtension.BUILD_SIGNER, WORKFLOW));

        ProvenanceView view = v1(GithubSamples.workflow(APP, MAIN, COMMIT, WORKFLOW), identity);

        assertThat(view.source()).isEqualTo(ProvenanceView.Source.UNKNOWN);
    }

    @Test
    void doesNotTakeARefFromThePredicateIfTheCertificateTellsOnlyTheRepository() throws InvalidInputException {
        Signer.Identity identity = new Signer.Identity(
                "https://id.example.com", WORKFLOW, Map.of(CertificateExtension.SOURCE_REPOSITORY, APP));

        ProvenanceView view = v1(GithubSamples.workflow(APP, MAIN, COMMIT, WORKFLOW), identity);

        assertThat(view.source()).isEqualTo(new ProvenanceView.Source(APP, "", ""));
        assertThat(view.claimed()).doesNotContain("source.ref", "source.repository");
    }

    /** Which machine built it, or in which run, does not contradict which workflow had it built. */
    @Test
    void takesTheBuilderFromTheCertificateWhereThePredicateNamesSomethingElse() throws InvalidInputException {
        String run = APP + "/actions/runs/17/attempts/1";

        assertThat(v1(GithubSamples.workflow(APP, MAIN, COMMIT, run), identity(Map.of()))
                        .builder())
                .isEqualTo(WORKFLOW);
    }

    /** A private instance may name the job where GitHub has a workflow; the builder is the controller. */
    @Test
    void leavesAStatementOfOursAsItIsWhereTheCertificateNamesNoRepository() throws InvalidInputException {
        String job = "https://jenkins.example.com/job/app/";
        Signer.Identity identity = new Signer.Identity(
                "https://jenkins.example.com/oidc",
                job,
                Map.of(CertificateExtension.BUILD_SIGNER, job, CertificateExtension.RUN_INVOCATION, job + "/"));
        String predicate = """
                {"buildDefinition": {"buildType": "%s", "externalParameters": {
                    "source": {"repository": "%s", "ref": "%s"}, "job": {"name": "app", "scriptPath": "Jenkinsfile"}}},
                 "runDetails": {"builder": {"id": "https://jenkins.example.com/"},
                    "metadata": {"invocationId": "https://jenkins.example.com/job/app/7/"}}}
                """.formatted(Provenance.JENKINS_BUILD, APP, MAIN);

        ProvenanceView view = v1(predicate, identity);
        assertThat(view.builder()).isEqualTo("https://jenkins.example.com/");
        assertThat(view.source()).isEqualTo(new ProvenanceView.Source(APP, MAIN, ""));
        assertThat(view.entryPoint()).isEqualTo("Jenkinsfile");
        assertThat(view.claimed())
                .containsExactly("builder", "source.repository", "source.ref", "entryPoint", "invocation");

        assertThatThrownBy(() -> v1(predicate, identity(Map.of(CertificateExtension.SOURCE_REPOSITORY, APP + "2"))))
                .as("the build type does not help against a certificate that names a repository")
                .hasMessageContaining("predicate.source.repository: ");
    }

    @Test
    void refusesWrongTypes() {
        assertThatThrownBy(() -> v02("{\"builder\": {\"id\": 1}, \"buildType\": \"x\"}", KEY))
                .hasMessageContaining("predicate.builder.id: expected a string");
        assertThatThrownBy(() -> v02("{\"builder\": {\"id\": \"x\"}, \"buildType\": \"x\", \"materials\": {}}", KEY))
                .hasMessageContaining("predicate.materials: expected an array");
        assertThatThrownBy(() -> v1("{\"builder\": {\"id\": \"x\"}, \"buildType\": \"x\"}", KEY))
                .as("the members of another version")
                .hasMessageContaining("predicate.buildDefinition: is missing");
        assertThatThrownBy(() -> ProvenanceView.of(statement("https://slsa.dev/provenance/v0.1", "{}"), KEY))
                .hasMessageContaining("is not SLSA provenance of version 0.2 or 1");
    }

    @Test
    void refusesMoreDependenciesThanAllowed() {
        String many = String.join(",", java.util.Collections.nCopies(Provenance.MAX_DEPENDENCIES + 1, "{}"));

        assertThatThrownBy(() ->
                        v02("{\"builder\": {\"id\": \"x\"}, \"buildType\": \"x\", \"materials\": [" + many + "]}", KEY))
                .hasMessageContaining("materials: more than the allowed 10000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://github.com/acme/app",
                "https://user@github.com/acme/app",
                "https://github.com/acme/../evil/app",
                "https://github.com/acme/%2e%2e/app",
                "https://github.com/acme//app",
                "https://github.com/acme/app?x=1",
                "https://github.com/acme/app/",
                "https://github.com/acme/app\\..",
                "https://github.com",
                "https:github.com/acme/app",
                "git+git+https://github.com/acme/app",
                "https://github.com/acme/.git",
                "file:///acme/app"
            })
    void doesNotKnowARepositoryThatCanBeReadInTwoWays(String uri) {
        assertThat(GitUri.of(uri).repository()).isEmpty();
        assertThat(GitUri.of(uri + "@refs/heads/main").repository()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com/acme/app@refs/heads/x@refs/heads/main",
                "https://github.com/acme/app@refs/heads/x#refs/heads/main",
                "https://github.com/acme/app@main"
            })
    void doesNotKnowARevisionThatCanBeReadInTwoWays(String uri) {
        assertThat(GitUri.of(uri)).isEqualTo(new GitUri("", ""));
    }

    @Test
    void refusesASourceWithSeveralCommits() {
        String other = COMMIT.replace('5', '6');
        assertThatThrownBy(() -> v1(
                        v1Predicate(
                                "https://actions.github.io/buildtypes/workflow/v1",
                                """
                                {"workflow": {"repository": "%s", "ref": "%s", "path": "x.yml"}}
                                """.formatted(APP, MAIN),
                                "{}",
                                "["
                                        + dependency("git+" + APP + "@" + MAIN, "gitCommit", COMMIT)
                                        + ","
                                        + dependency("git+" + APP + ".git@" + MAIN, "sha1", other)
                                        + "]"),
                        KEY))
                .hasMessageContaining("resolvedDependencies: resolves the source to several commits");
    }

    private static Signer.Identity identity(Map<CertificateExtension, String> changed) {
        Map<CertificateExtension, String> extensions =
                new HashMap<>(GithubSamples.extensions(APP, MAIN, COMMIT, WORKFLOW));
        extensions.putAll(changed);
        return new Signer.Identity(GithubSamples.ISSUER, WORKFLOW, extensions);
    }

    private static String v1Predicate(String buildType, String external, String internal, String dependencies) {
        return """
                {"buildDefinition": {"buildType": "%s", "externalParameters": %s, "internalParameters": %s,
                  "resolvedDependencies": %s},
                 "runDetails": {"builder": {"id": "%s"}}}
                """.formatted(buildType, external, internal, dependencies, WORKFLOW);
    }

    private static String v02Predicate(String buildType, String uri, String algorithm) {
        String source = dependency(uri, algorithm, COMMIT);
        return """
                {"builder": {"id": "%s"}, "buildType": "%s",
                 "invocation": {"configSource": {"uri": "%s", "digest": {"%s": "%s"},
                    "entryPoint": ".github/workflows/release.yml"}, "parameters": {}, "environment": {}},
                 "metadata": {"buildInvocationId": "17-1", "buildStartedOn": "2026-01-31T12:00:00Z",
                    "buildFinishedOn": "2026-01-31T12:01:00Z", "completeness": {"parameters": true}, "reproducible": false},
                 "materials": [%s]}
                """.formatted(WORKFLOW, buildType, uri, algorithm, COMMIT, source);
    }

    private static String dependency(String uri, String algorithm, String digest) {
        return "{\"uri\": \"%s\", \"digest\": {\"%s\": \"%s\"}}".formatted(uri, algorithm, digest);
    }

    private static ProvenanceView v1(String predicate, Signer signer) throws InvalidInputException {
        return ProvenanceView.of(statement(PredicateTypes.PROVENANCE, predicate), signer);
    }

    private static ProvenanceView v02(String predicate, Signer signer) throws InvalidInputException {
        return ProvenanceView.of(statement(PredicateTypes.PROVENANCE_V0_2, predicate), signer);
    }

    private static ProvenanceView recorded(String file) throws InvalidInputException, IOException {
        return ProvenanceView.of(statement(file), KEY);
    }

    private static Statement statement(String file) throws InvalidInputException, IOException {
        return Statement.parse(Files.readAllBytes(Path.of("src/test/data/builders", file)), file);
    }

    private static Statement statement(String type, String predicate) throws InvalidInputException {
        ObjectNode node = StrictJson.parseObject(predicate.getBytes(UTF_8), "sample", 1 << 22)
                .node();
        return new Statement(
                new Subject(Optional.empty(), Digest.of("image".getBytes(UTF_8))), Optional.empty(), type, node);
    }
}
