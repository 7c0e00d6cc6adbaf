package io.jenkins.plugins.airworthy.build;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class BuildProvenanceTest {
    private static final Instant STARTED = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant FINISHED = Instant.parse("2026-01-31T12:00:05Z");

    @TempDir
    Path folder;

    @Test
    void namesRequestAndResultAndIsReadAgain() throws Exception {
        ImageStore bases = store("bases");
        Manifest base = BaseSample.ordinary(bases, "linux/amd64");
        bases.tag("stable", base);
        BuildRequest request = request(Optional.of(bases.location().tagged("stable")));
        BuiltImage built = build(request);
        Provenance.Source source = Provenance.Source.of(
                "https://git.example.com/acme/app", "refs/heads/main", Optional.of("a".repeat(40)));

        Statement written = BuildProvenance.ofCommandLine(request, built, Optional.of(source), STARTED, FINISHED);
        Statement statement = Statement.parse(written.toBytes(), "statement");

        assertThat(statement.subject().digest()).isEqualTo(built.descriptor().digest());
        assertThat(statement.predicateType()).isEqualTo(PredicateTypes.PROVENANCE);
        assertThat(statement.observation().orElseThrow().observer()).isEqualTo(Observer.BUILD_AGENT);
        assertThat(statement.observation().orElseThrow().at()).isEqualTo(FINISHED);
        Provenance provenance = Provenance.parse(statement);
        assertThat(provenance.builderId()).isEqualTo(Provenance.COMMAND_LINE_BUILDER);
        assertThat(provenance.source()).contains(source);
        assertThat(provenance.base())
                .contains(new Provenance.Base(
                        bases.location().tagged("stable").toString(),
                        base.digest().toString()));
        JsonNode definition = statement.predicate().get("buildDefinition");
        assertThat(definition.at("/externalParameters/files/0/to").asText()).isEqualTo("/app");
        assertThat(definition.at("/externalParameters/labels/maker").asText()).isEqualTo("us");
        assertThat(definition.at("/internalParameters/layers/0/diffId").asText())
                .isEqualTo(built.layers().get(0).diffId().toString());
        assertThat(definition.at("/internalParameters/platforms/0/base").asText())
                .isEqualTo(base.digest().toString());
    }

    @Test
    void saysThatAnImageFromScratchHasNoBase() throws Exception {
        BuildRequest request = request(Optional.empty());
        Provenance provenance = Provenance.parse(
                BuildProvenance.ofCommandLine(request, build(request), Optional.empty(), STARTED, FINISHED));
        assertThat(provenance.base()).isEmpty();
        assertThat(provenance.tellsBase()).isTrue();
    }

    @Test
    void namesVariablesWithoutTheirValues() throws Exception {
        BuildRequest request = request(Optional.empty());
        Statement statement =
                BuildProvenance.ofCommandLine(request, build(request), Optional.empty(), STARTED, FINISHED);
        assertThat(statement.predicate().toString()).contains("PASSWORD").doesNotContain("hunter2");
    }

    private BuildRequest request(Optional<ImageReference> base) throws Exception {
        Path sources = Sources.application(folder.resolve("sources"));
        return new BuildRequest(
                base,
                List.of(FileCopy.parse(sources + ":/app")),
                new ContainerSettings(
                        Optional.of(List.of("/app/run.sh")),
                        Optional.empty(),
                        Map.of("PASSWORD", "hunter2"),
                        Map.of("maker", "us"),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty()),
                List.of());
    }

    private BuiltImage build(BuildRequest request) throws Exception {
        return new ImageBuilder(reference -> LayoutStore.open((LayoutReference) reference))
                .build(request, store("target").location().tagged("1"), Progress.SILENT);
    }

    private ImageStore store(String name) throws Exception {
        return LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve(name)));
    }
}
