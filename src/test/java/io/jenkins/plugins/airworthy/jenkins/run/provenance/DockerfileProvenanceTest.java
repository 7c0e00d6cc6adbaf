package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import io.jenkins.plugins.airworthy.build.adopt.AdoptedImage;
import io.jenkins.plugins.airworthy.build.adopt.OutputForm;
import io.jenkins.plugins.airworthy.build.dockerfile.BuildOptions;
import io.jenkins.plugins.airworthy.build.dockerfile.BuilderKind;
import io.jenkins.plugins.airworthy.build.dockerfile.Dockerfile;
import io.jenkins.plugins.airworthy.build.dockerfile.DockerfileBuild;
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
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
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
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What the controller says of an image that a builder on an agent made from a Dockerfile. */
class DockerfileProvenanceTest {
    private static final String BASE = "r.example.com/base:1";
    private static final SourceRevision MAIN = new SourceRevision(
            "https://git.example.com/acme/app",
            "refs/heads/main",
            Optional.of("0123456789abcdef0123456789abcdef01234567"),
            Observer.CONTROLLER);

    @TempDir
    Path folder;

    private ImageReference place;
    private LayoutStore store;
    private ImageManifest base;
    private Manifest onBase;
    private ImageStores stores;

    @BeforeEach
    void push() throws Exception {
        place = ImageReference.parse("oci:" + folder.resolve("app") + ":1");
        store = LayoutStore.open((LayoutReference) place);
        base = Samples.image(store, "linux/amd64", "a base");
        ImageManifest app = Samples.image(store, "linux/amd64", "an app");
        onBase =
                Samples.put(store, Samples.manifest(base.config(), base.layers().get(0)));
        assertThat(app.digest()).isNotEqualTo(base.digest());
        stores = reference -> LayoutStore.open((LayoutReference) place);
    }

    private Statement build(String dockerfile, Manifest made) throws Exception {
        RegistryReference asked = (RegistryReference) ImageReference.parse(BASE);
        Map<RegistryReference, RegistryReference> images =
                dockerfile.contains(BASE) ? Map.of(asked, asked.at(base.digest())) : Map.of();
        BuildOptions options = new BuildOptions("", List.of(), Map.of("TOKEN", "s3cr3t"), List.of(), List.of());
        DockerfileBuild built = new DockerfileBuild(
                Dockerfile.parse(dockerfile.getBytes(UTF_8), options.arguments()),
                "build/Dockerfile",
                ".",
                options,
                images,
                BuilderKind.BUILDAH,
                "1.28.2",
                new AdoptedImage(place, ImageReader.read(store, place.at(made.digest())), OutputForm.DIGEST),
                NOW,
                NOW.plusSeconds(60));
        RunOrigin origin = new RunOrigin(
                Set.of(RunKind.MULTIBRANCH),
                new RunSource(Optional.of(MAIN), Optional.empty(), "Jenkinsfile", List.of(), 0),
                Map.of(),
                List.of(),
                List.of(),
                "https://jenkins.example.com/",
                "team/shop/main",
                "job/team/7/",
                7,
                NOW);
        return DockerfileProvenance.of(origin, built, "linux-1", stores);
    }

    private static JsonObject definition(Statement statement) throws Exception {
        return statement.predicateObject().object("buildDefinition");
    }

    @Test
    void namesDockerfileBuilderAndEveryImage() throws Exception {
        String dockerfile = "FROM " + BASE + "\nARG TOKEN\nCOPY a /a\n";
        Statement statement = build(dockerfile, onBase);

        Provenance read = Provenance.parse(statement);
        assertThat(read.buildType())
                .isEqualTo("https://plugins.jenkins.io/airworthy/build-types/jenkins-dockerfile/v1");
        assertThat(read.isAdopted()).isFalse();
        assertThat(read.source().map(Provenance.Source::repository)).contains("https://git.example.com/acme/app");
        assertThat(read.base()).contains(new Provenance.Base(BASE, base.digest().toString()));
        assertThat(read.dependencies()).hasSize(2);
        JsonObject external = definition(statement).object("externalParameters");
        assertThat(external.object("dockerfile").string("path")).isEqualTo("build/Dockerfile");
        assertThat(external.object("dockerfile").string("sha256"))
                .isEqualTo(io.jenkins.plugins.airworthy.image.name.Digest.of(dockerfile.getBytes(UTF_8))
                        .hex());
        assertThat(external.strings("buildArguments")).containsExactly("TOKEN");
        JsonObject internal = definition(statement).object("internalParameters");
        assertThat(internal.object("builder").node().toString())
                .isEqualTo("{\"name\":\"buildah\",\"version\":\"1.28.2\"}");
        assertThat(internal.object("run").strings("kinds")).containsExactly("MULTIBRANCH");
        assertThat(statement.predicateObject().toString()).doesNotContain("s3cr3t");
    }

    /** The source is the controller's own, and no base is claimed: that nothing is in doubt does not mean that it was seen. */
    @Test
    void countsAsObservedByTheAgentAlways() throws Exception {
        for (String dockerfile : List.of("FROM scratch\nCOPY a /a\n", "FROM " + BASE + "\n")) {
            assertThat(build(dockerfile, onBase).observation().orElseThrow().observer())
                    .isEqualTo(Observer.BUILD_AGENT);
        }
        assertThat(Provenance.parse(build("FROM scratch\nCOPY a /a\n", onBase)).tellsBase())
                .isFalse();
    }

    /** It remains among the images that the build could use. */
    @Test
    void namesNoBaseThatTheLayersDoNotBeginWith() throws Exception {
        ImageManifest other = Samples.image(store, "linux/amd64", "something else");

        Statement statement = build("FROM " + BASE + "\n", other);

        Provenance read = Provenance.parse(statement);
        assertThat(read.base()).isEmpty();
        assertThat(read.tellsBase()).isFalse();
        assertThat(read.dependencies()).extracting(Provenance.Dependency::uri).contains("oci://" + BASE);
        assertThat(definition(statement)
                        .object("internalParameters")
                        .object("run")
                        .string("baseUnchecked"))
                .contains("the image's layers do not begin with those of the base");
    }
}
