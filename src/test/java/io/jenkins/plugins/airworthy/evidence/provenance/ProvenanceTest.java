package io.jenkins.plugins.airworthy.evidence.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProvenanceTest {
    private static final Digest IMAGE = Digest.of("image".getBytes(UTF_8));
    private static final Digest BASE = Digest.of("base".getBytes(UTF_8));
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private static final String OURS = """
            {"buildDefinition":{
              "buildType":"https://plugins.jenkins.io/airworthy/build-types/command-line/v1",
              "externalParameters":{"files":[],
                "source":{"repository":"https://git.example.com/acme/app","ref":"refs/heads/main"},
                "base":"registry.example.com/base/jre:21"},
              "resolvedDependencies":[
                {"uri":"git+https://git.example.com/acme/app@refs/heads/main","digest":{"gitCommit":"%s"}},
                {"uri":"oci://registry.example.com/base/jre:21","digest":{"sha256":"%s"}}]},
             "runDetails":{"builder":{"id":"https://plugins.jenkins.io/airworthy/builders/command-line"},
              "metadata":{"startedOn":"2026-01-31T12:00:00Z","finishedOn":"2026-01-31T12:00:05Z"}}}
            """.formatted(COMMIT, BASE.hex());

    @Test
    void writesAndReadsSourceAndBase() throws InvalidInputException {
        Provenance provenance = Provenance.of(
                Provenance.COMMAND_LINE_BUILD,
                Provenance.COMMAND_LINE_BUILDER,
                Optional.of(Provenance.Source.of(
                        "https://git.example.com/acme/app", "refs/heads/main", Optional.of(COMMIT))),
                Optional.of(new Provenance.Base("registry.example.com/base/jre:21", BASE.toString())),
                List.of(new Provenance.Dependency(
                        "pkg:maven/org.example/plugin@1", Optional.empty(), Optional.empty())),
                Optional.of("https://jenkins.example.com/job/app/7/"),
                Instant.parse("2026-01-31T12:00:00Z"),
                Instant.parse("2026-01-31T12:00:05Z"));

        ObjectNode predicate = provenance.toPredicate(
                StrictJson.object().put("answer", 42), StrictJson.object().put("inner", true));

        assertThat(Provenance.parse(statement(predicate))).isEqualTo(provenance);
        assertThat(predicate.at("/buildDefinition/externalParameters/answer").asInt())
                .isEqualTo(42);
        assertThat(predicate.at("/buildDefinition/internalParameters/inner").asBoolean())
                .isTrue();
    }

    @Test
    void readsWhatTheSpecificationNames() throws InvalidInputException {
        Provenance provenance = parse(OURS);

        assertThat(provenance.builderId()).isEqualTo(Provenance.COMMAND_LINE_BUILDER);
        assertThat(provenance.source())
                .contains(new Provenance.Source(
                        "https://git.example.com/acme/app", "refs/heads/main", Optional.of(COMMIT)));
        assertThat(provenance.base())
                .contains(new Provenance.Base("registry.example.com/base/jre:21", BASE.toString()));
        assertThat(provenance.startedAt()).contains(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(provenance.dependencies()).hasSize(2);
        assertThat(provenance.tellsBase()).isTrue();
    }

    @Test
    void ignoresUnknownMembers() throws InvalidInputException {
        String more =
                OURS.replace("\"runDetails\":{", "\"runDetails\":{\"byproducts\":[{\"name\":\"log\"}],\"new\":{},");
        assertThat(parse(more)).isEqualTo(parse(OURS));
    }

    @Test
    void doesNotTakeTheWordsOfAnotherBuildTypeForItsOwn() throws InvalidInputException {
        Provenance foreign = parse(OURS.replace("airworthy/build-types/command-line/v1", "another/v1"));

        assertThat(foreign.source()).isEmpty();
        assertThat(foreign.base()).isEmpty();
        assertThat(foreign.tellsBase()).isFalse();
        assertThat(foreign.builderId()).isEqualTo(Provenance.COMMAND_LINE_BUILDER);
        assertThat(foreign.dependencies()).hasSize(2);
    }

    @Test
    void readsTheDependenciesOfAnotherBuilderHoweverTheyAreNamed() throws InvalidInputException {
        Provenance foreign = parse("""
                {"buildDefinition":{"buildType":"https://example.com/bt","externalParameters":{},"resolvedDependencies":[
                  {"name":"only a name","digest":{"sha512":"00","gitCommit":"11"}},{"digest":{"sha1":"22"}},{}]},
                 "runDetails":{"builder":{"id":"https://example.com/builder","version":{}}}}""");
        assertThat(foreign.dependencies())
                .containsExactly(
                        new Provenance.Dependency("only a name", Optional.of("gitCommit"), Optional.of("11")),
                        new Provenance.Dependency("", Optional.of("sha1"), Optional.of("22")),
                        new Provenance.Dependency("", Optional.empty(), Optional.empty()));
    }

    @Test
    void refusesABaseThatIsClaimedWithoutItsDigest() {
        String claimed =
                OURS.replace("oci://registry.example.com/base/jre:21", "oci://registry.example.com/base/jdk:21");
        assertThatThrownBy(() -> parse(claimed))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("externalParameters.base: has 0 digests");
    }

    @Test
    void refusesABaseWithTwoDigests() {
        String other = Digest.of("other".getBytes(UTF_8)).hex();
        String twice = OURS.replace(
                "\"resolvedDependencies\":[",
                "\"resolvedDependencies\":[{\"uri\":\"oci://registry.example.com/base/jre:21\",\"digest\":{\"sha256\":\""
                        + other + "\"}},");
        assertThatThrownBy(() -> parse(twice)).hasMessageContaining("has 2 digests");
    }

    @Test
    void refusesASourceResolvedToTwoCommits() {
        String twice = OURS.replace(
                "\"resolvedDependencies\":[",
                "\"resolvedDependencies\":[{\"uri\":\"git+https://git.example.com/acme/app@refs/heads/main\","
                        + "\"digest\":{\"gitCommit\":\"ffff\"}},");
        assertThatThrownBy(() -> parse(twice)).hasMessageContaining("resolved to several commits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"buildType", "externalParameters", "builder", "runDetails", "buildDefinition", "id"})
    void refusesProvenanceWithoutARequiredMember(String member) {
        assertThatThrownBy(() -> parse(OURS.replace("\"" + member + "\":", "\"x-" + member + "\":")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(member + ": is missing");
    }

    @Test
    void refusesMembersOfTheWrongType() {
        assertThatThrownBy(() -> parse(OURS.replace("\"source\":{", "\"source\":[],\"s\":{")))
                .hasMessageContaining("source: expected an object");
        assertThatThrownBy(() -> parse(OURS.replace("\"2026-01-31T12:00:00Z\"", "\"yesterday\"")))
                .hasMessageContaining("startedOn: expected a time");
        assertThatThrownBy(() -> parse(OURS.replace(BASE.hex(), "abc")))
                .hasMessageContaining("digest.sha256: expected 64");
    }

    @Test
    void refusesMoreDependenciesThanAllowed() {
        String many = OURS.replace(
                "\"resolvedDependencies\":[", "\"resolvedDependencies\":[" + "{},".repeat(Provenance.MAX_DEPENDENCIES));
        assertThatThrownBy(() -> parse(many)).hasMessageContaining("more than the allowed 10000");
    }

    @Test
    void refusesAnotherPredicateType() throws InvalidInputException {
        Statement other = new Statement(
                new Subject(Optional.empty(), IMAGE), Optional.empty(), PredicateTypes.SPDX, predicate(OURS));
        assertThatThrownBy(() -> Provenance.parse(other)).isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://git.example.com/app",
                "git@git.example.com:app",
                "https://user:secret-word@git.example.com/app",
                "https://git.example.com/app?token=secret-word",
                "https://git.example.com/app\n",
                "/local/folder"
            })
    void refusesASourceThatIsNotAPlainHttpsUrlWithoutQuotingIt(String repository) {
        assertThatThrownBy(() -> Provenance.Source.of(repository, "refs/heads/main", Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("secret-word");
    }

    @Test
    void refusesInvalidRefsAndCommits() {
        String repository = "https://git.example.com/app";
        assertThatThrownBy(() -> Provenance.Source.of(repository, "main\nrefs/heads/release", Optional.empty()))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Provenance.Source.of(repository, "main", Optional.of("HEAD")))
                .isInstanceOf(InvalidInputException.class);
    }

    private static Provenance parse(String predicate) throws InvalidInputException {
        return Provenance.parse(statement(predicate(predicate)));
    }

    private static ObjectNode predicate(String json) throws InvalidInputException {
        return StrictJson.parseObject(json.getBytes(UTF_8), "predicate", Statement.MAX_BYTES)
                .node();
    }

    private static Statement statement(ObjectNode predicate) {
        return new Statement(
                new Subject(Optional.empty(), IMAGE), Optional.empty(), PredicateTypes.PROVENANCE, predicate);
    }
}
