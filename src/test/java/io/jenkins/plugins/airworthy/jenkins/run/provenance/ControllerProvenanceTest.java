package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunSource;
import io.jenkins.plugins.airworthy.jenkins.run.origin.SourceRevision;
import io.jenkins.plugins.airworthy.jenkins.run.origin.Starter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the controller says of a build, and what it does not let an agent say. */
class ControllerProvenanceTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String OTHER_COMMIT = "89abcdef0123456789abcdef0123456789abcdef";
    private static final String APP = "https://git.example.com/acme/app";
    private static final SourceRevision MAIN =
            new SourceRevision(APP, "refs/heads/main", Optional.of(COMMIT), Observer.CONTROLLER);
    private static final ImageStores STORES = reference -> LayoutStore.open((LayoutReference) reference);

    @TempDir
    Path folder;

    private ImageReference reference;
    private ImageReference baseReference;
    private Manifest image;
    private Manifest base;

    @BeforeEach
    void build() throws Exception {
        reference = ImageReference.parse("oci:" + folder.resolve("app") + ":1");
        image = push(reference, "an app");
        baseReference = ImageReference.parse("oci:" + folder.resolve("base") + ":1");
        base = push(baseReference, "an app");
    }

    private static Manifest push(ImageReference reference, String content) throws Exception {
        LayoutStore store = LayoutStore.open((LayoutReference) reference);
        Manifest manifest = Samples.image(store, "linux/amd64", content);
        store.tag("1", manifest);
        return manifest;
    }

    private static RunOrigin origin(RunSource source) {
        return new RunOrigin(
                Set.of(RunKind.MULTIBRANCH),
                source,
                Map.of("LEVEL", "high"),
                List.of(
                        new Starter(Starter.Kind.USER, Optional.of("alice"), List.of("team/nightly#3")),
                        new Starter(Starter.Kind.SCM, Optional.empty(), List.of())),
                List.of("Started by an SCM change"),
                "https://jenkins.example.com/",
                "team/shop/main",
                "job/team/job/shop/job/main/7/",
                7,
                NOW);
    }

    private static RunSource from(SourceRevision definition, SourceRevision... others) {
        return new RunSource(Optional.of(definition), Optional.empty(), "Jenkinsfile", List.of(others), 0);
    }

    private BuildClaim claim(Optional<Provenance.Base> claimed, ObjectNode parameters, ObjectNode environment) {
        return new BuildClaim(
                reference, image.digest(), "linux-1", claimed, parameters, environment, NOW, NOW.plusSeconds(5));
    }

    private BuildClaim claim(Optional<Provenance.Base> claimed) {
        return claim(claimed, StrictJson.object().put("user", "1000"), StrictJson.object());
    }

    private Optional<Provenance.Base> base() {
        return Optional.of(
                new Provenance.Base(baseReference.toString(), base.digest().toString()));
    }

    private static Statement provenance(RunOrigin origin, BuildClaim claim)
            throws AirworthyException, InterruptedException {
        return ControllerProvenance.of(origin, claim, STORES);
    }

    private static Observer observer(Statement statement) {
        return statement.observation().orElseThrow().observer();
    }

    private static JsonObject definition(Statement statement) throws InvalidInputException {
        return statement.predicateObject().object("buildDefinition");
    }

    @Test
    void saysWhatTheControllerKnowsInTheFormThatPoliciesRead() throws Exception {
        Statement statement = provenance(origin(from(MAIN)), claim(base()));
        Provenance read = Provenance.parse(statement);
        assertThat(read.buildType()).isEqualTo(Provenance.JENKINS_BUILD);
        assertThat(read.builderId()).isEqualTo("https://jenkins.example.com/");
        assertThat(read.source()).contains(new Provenance.Source(APP, "refs/heads/main", Optional.of(COMMIT)));
        assertThat(read.base()).isEqualTo(base());
        assertThat(read.invocationId()).contains("https://jenkins.example.com/job/team/job/shop/job/main/7/");
        assertThat(statement.subject().digest()).isEqualTo(image.digest());
        assertThat(observer(statement)).isEqualTo(Observer.CONTROLLER);
        JsonObject external = definition(statement).object("externalParameters");
        assertThat(external.string("user")).isEqualTo("1000");
        assertThat(external.object("job").string("name")).isEqualTo("team/shop/main");
        assertThat(external.object("job").string("scriptPath")).isEqualTo("Jenkinsfile");
        assertThat(external.stringMap("jobParameters")).isEqualTo(Map.of("LEVEL", "high"));
        JsonObject run = definition(statement).object("internalParameters").object("run");
        assertThat(run.string("agent")).isEqualTo("linux-1");
        assertThat(run.count("number")).isEqualTo(7);
        assertThat(run.strings("kinds")).containsExactly("MULTIBRANCH");
        assertThat(run.strings("causes")).containsExactly("Started by an SCM change");
        assertThat(run.node().get("startedBy"))
                .hasToString(
                        "[{\"by\":\"USER\",\"user\":\"alice\",\"through\":[\"team/nightly#3\"]},{\"by\":\"SCM\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "base", "job", "jobParameters", "Source", "anything"})
    void refusesMembersThatAnAgentMayNotWrite(String member) {
        ObjectNode hostile = StrictJson.object();
        hostile.putObject(member).put("repository", APP).put("ref", "refs/heads/main");
        assertThatThrownBy(() -> provenance(
                        origin(RunSource.none("inline")), claim(Optional.empty(), hostile, StrictJson.object())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("which an agent may not set");
    }

    @Test
    void anAgentWritesNothingAboutTheRun() {
        ObjectNode hostile = StrictJson.object();
        hostile.putObject("run").put("agent", "trusted");
        assertThatThrownBy(() -> provenance(origin(from(MAIN)), claim(Optional.empty(), StrictJson.object(), hostile)))
                .hasMessageContaining("which an agent may not set");
    }

    @Test
    void anAgentsDescriptionHasABound() {
        ObjectNode huge = StrictJson.object().put("user", "x".repeat(ControllerProvenance.MAX_CLAIM_BYTES));
        assertThatThrownBy(() -> provenance(origin(from(MAIN)), claim(Optional.empty(), huge, StrictJson.object())))
                .hasMessageContaining("larger than the allowed");
    }

    @Test
    void refusesABaseThatTheImagesLayersDoNotBeginWith() throws Exception {
        base = push(baseReference, "a good base, which the image does not have");
        assertThatThrownBy(() -> provenance(origin(from(MAIN)), claim(base())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the agent says that it was put on")
                .hasMessageContaining("do not begin with");
    }

    @Test
    void aBaseThatCannotBeComparedCountsAsObservedByTheAgent() throws Exception {
        ImageStores onlyStaging = wanted -> {
            if (wanted.repository().equals(baseReference.repository())) {
                throw new InvalidInputException("registry docker.io is not configured");
            }
            return STORES.open(wanted);
        };
        Statement statement = ControllerProvenance.of(origin(from(MAIN)), claim(base()), onlyStaging);
        assertThat(observer(statement)).isEqualTo(Observer.BUILD_AGENT);
        assertThat(definition(statement)
                        .object("internalParameters")
                        .object("run")
                        .string("baseUnchecked"))
                .contains("not configured");
    }

    @Test
    void anImageThatCannotBeReadIsUndecided() {
        ImageStores down = wanted -> {
            throw new UndecidedException("the registry is down");
        };
        BuildClaim claim = claim(base());
        assertThat(claim.base()).isPresent();
        ImageStores imageDown =
                wanted -> wanted.repository().equals(reference.repository()) ? down.open(wanted) : STORES.open(wanted);
        assertThatThrownBy(() -> ControllerProvenance.of(origin(from(MAIN)), claim, imageDown))
                .isInstanceOf(UndecidedException.class);
    }

    @Test
    void aRevisionThatAnAgentReportsCountsAsObservedByTheAgent() throws Exception {
        SourceRevision told = new SourceRevision(APP, "refs/heads/main", Optional.of(COMMIT), Observer.BUILD_AGENT);
        assertThat(observer(provenance(origin(from(told)), claim(Optional.empty()))))
                .isEqualTo(Observer.BUILD_AGENT);
    }

    @Test
    void saysWhyItKnowsNoSource() throws Exception {
        Statement statement = provenance(origin(RunSource.none("the branch is a parameter")), claim(Optional.empty()));
        assertThat(Provenance.parse(statement).source()).isEmpty();
        assertThat(definition(statement)
                        .object("internalParameters")
                        .object("run")
                        .string("sourceUnknown"))
                .isEqualTo("the branch is a parameter");
    }

    @Test
    void otherCheckoutsAreDependenciesAndNeverTheSource() throws Exception {
        SourceRevision later =
                new SourceRevision(APP, "refs/heads/main", Optional.of(OTHER_COMMIT), Observer.BUILD_AGENT);
        SourceRevision library = new SourceRevision(
                "https://git.example.com/acme/library",
                "refs/heads/main",
                Optional.of(OTHER_COMMIT),
                Observer.CONTROLLER);
        SourceRevision subversion =
                new SourceRevision("hudson.scm.SubversionSCM", "HEAD", Optional.empty(), Observer.BUILD_AGENT);
        Provenance read =
                Provenance.parse(provenance(origin(from(MAIN, later, library, subversion)), claim(Optional.empty())));
        assertThat(read.source()).contains(new Provenance.Source(APP, "refs/heads/main", Optional.of(COMMIT)));
        assertThat(read.dependencies().stream().map(Provenance.Dependency::uri))
                .containsExactly(
                        "git+" + APP + "@refs/heads/main",
                        "git+" + APP + "@" + OTHER_COMMIT,
                        "git+https://git.example.com/acme/library@refs/heads/main",
                        "hudson.scm.SubversionSCM");
    }

    @Test
    void refusesAControllerWithoutAnAddress() {
        RunOrigin origin = origin(from(MAIN));
        RunOrigin nameless = new RunOrigin(
                origin.kinds(),
                origin.source(),
                Map.of(),
                List.of(),
                List.of(),
                "",
                origin.job(),
                origin.path(),
                origin.number(),
                origin.startedAt());
        assertThatThrownBy(() -> provenance(nameless, claim(Optional.empty())))
                .hasMessageContaining("Manage Jenkins, System");
    }
}
