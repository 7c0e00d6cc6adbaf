package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.build.adopt.AdoptedImage;
import io.jenkins.plugins.airworthy.build.adopt.OutputForm;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunSource;
import io.jenkins.plugins.airworthy.jenkins.run.origin.SourceRevision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the controller says of an image that it did not see being built, and what it does not say. */
class AdoptedProvenanceTest {
    private static final SourceRevision MAIN = new SourceRevision(
            "https://git.example.com/acme/app",
            "refs/heads/main",
            Optional.of("0123456789abcdef0123456789abcdef01234567"),
            Observer.CONTROLLER);
    private static final ImageStores STORES = reference -> LayoutStore.open((LayoutReference) reference);

    @TempDir
    Path folder;

    private ImageReference asked;
    private LayoutStore store;
    private ImageManifest image;

    @BeforeEach
    void push() throws Exception {
        asked = ImageReference.parse("oci:" + folder.resolve("app") + ":1");
        store = LayoutStore.open((LayoutReference) asked);
        image = Samples.image(store, "linux/amd64", "an app");
    }

    private static RunOrigin origin(String url, SourceRevision... definition) {
        return new RunOrigin(
                Set.of(RunKind.MULTIBRANCH),
                definition.length == 0
                        ? RunSource.none("inline")
                        : new RunSource(Optional.of(definition[0]), Optional.empty(), "Jenkinsfile", List.of(), 0),
                Map.of("LEVEL", "high"),
                List.of(),
                List.of(),
                url,
                "team/shop/main",
                "job/team/7/",
                7,
                NOW);
    }

    private Statement adopt(Manifest manifest) throws Exception {
        return adopt(manifest, origin("https://jenkins.example.com/", MAIN));
    }

    private Statement adopt(Manifest manifest, RunOrigin origin) throws Exception {
        AdoptedImage adopted =
                new AdoptedImage(asked, ImageReader.read(store, asked.at(manifest.digest())), OutputForm.BUILDX);
        AdoptionWindow window = new AdoptionWindow(NOW, NOW.plusSeconds(60), AdoptionWindow.AbsentBefore.UNKNOWN);
        return AdoptedProvenance.of(origin, adopted, "build.json", "linux-1", window, STORES);
    }

    private static JsonObject run(Statement statement) throws InvalidInputException {
        return internal(statement).object("run");
    }

    private static JsonObject internal(Statement statement) throws InvalidInputException {
        return statement.predicateObject().object("buildDefinition").object("internalParameters");
    }

    /** An image with annotations about its base. */
    private Manifest annotated(String name, String digest) throws Exception {
        ObjectNode json = Samples.manifest(image.config(), image.layers().get(0));
        json.putObject("annotations")
                .put("org.opencontainers.image.base.name", name)
                .put("org.opencontainers.image.base.digest", digest);
        return Samples.put(store, json);
    }

    @Test
    void saysWhoAdoptedItAndOfWhichSourceAndNothingOfHowItWasBuilt() throws Exception {
        Statement statement = adopt(image);

        Provenance read = Provenance.parse(statement);
        assertThat(read.isAdopted()).isTrue();
        assertThat(read.buildType()).isEqualTo("https://plugins.jenkins.io/airworthy/build-types/jenkins-adopted/v1");
        assertThat(read.builderId()).isEqualTo("https://jenkins.example.com/");
        assertThat(read.source().map(Provenance.Source::repository)).contains("https://git.example.com/acme/app");
        assertThat(read.base()).isEmpty();
        assertThat(read.tellsBase()).isFalse();
        JsonObject external =
                statement.predicateObject().object("buildDefinition").object("externalParameters");
        assertThat(external.node().get("adopted").toString())
                .isEqualTo("{\"reference\":\"" + asked + "\",\"from\":\"buildx-metadata\",\"file\":\"build.json\"}");
        assertThat(external.object("job").string("name")).isEqualTo("team/shop/main");
        assertThat(external.stringMap("jobParameters")).isEqualTo(Map.of("LEVEL", "high"));
        assertThat(run(statement).strings("kinds")).containsExactly("ADOPTED", "MULTIBRANCH");
        assertThat(internal(statement).object("window").string("from")).isEqualTo(NOW.toString());
        assertThat(internal(statement).string("absentBefore")).isEqualTo("unknown");
    }

    /** The source is the controller's own, and no base is claimed: that nothing is in doubt does not mean that it was seen. */
    @Test
    void countsAsObservedByTheAgentAlthoughTheControllerSawTheSource() throws Exception {
        assertThat(adopt(image).observation().orElseThrow().observer()).isEqualTo(Observer.BUILD_AGENT);
    }

    @Test
    void namesBaseThatTheLayersBeginWith() throws Exception {
        Manifest built = annotated(asked.toString(), image.digest().toString());

        Statement statement = adopt(built);

        assertThat(Provenance.parse(statement).base())
                .contains(new Provenance.Base(asked.toString(), image.digest().toString()));
        assertThat(run(statement).has("baseUnchecked")).isFalse();
        assertThat(statement.observation().orElseThrow().observer()).isEqualTo(Observer.BUILD_AGENT);
    }

    @Test
    void refusesBaseThatTheLayersDoNotBeginWith() throws Exception {
        ImageManifest other = Samples.image(store, "linux/amd64", "another base");
        Manifest lying = annotated(asked.toString(), other.digest().toString());

        assertThatThrownBy(() -> adopt(lying))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("its annotations say that it was put on " + asked)
                .hasMessageContaining("do not begin with");
    }

    @Test
    void leavesBaseOutThatCannotBeComparedAndSaysWhy() throws Exception {
        Statement unreachable = adopt(
                annotated("oci:" + folder.resolve("none") + ":1", image.digest().toString()));
        Statement unreadable = adopt(annotated("a base\n", "sha256:1"));

        assertThat(Provenance.parse(unreachable).base()).isEmpty();
        assertThat(run(unreachable).string("baseUnchecked")).isNotBlank();
        assertThat(Provenance.parse(unreadable).base()).isEmpty();
        assertThat(run(unreadable).string("baseUnchecked")).contains("name no base that could be read");
    }

    @Test
    void namesTheSourceAsUnknownIfItIs() throws Exception {
        Statement statement = adopt(image, origin("https://jenkins.example.com/"));

        assertThat(Provenance.parse(statement).source()).isEmpty();
        assertThat(run(statement).string("sourceUnknown")).isEqualTo("inline");
    }

    @Test
    void refusesControllerWithoutAnAddress() {
        assertThatThrownBy(() -> adopt(image, origin("", MAIN))).hasMessageContaining("this Jenkins has no URL");
    }
}
