package io.jenkins.plugins.airworthy.build;

import com.google.cloud.tools.jib.image.ReproducibleLayerBuilder;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImageBuilderTest {
    private static final ImageStores LAYOUTS = reference -> LayoutStore.open((LayoutReference) reference);

    @TempDir
    Path folder;

    private Path application;

    @BeforeEach
    void writeApplication() throws IOException {
        application = Sources.application(folder.resolve("application"));
    }

    @Test
    void buildsFromScratchForLinuxAmd64() throws Exception {
        BuiltImage built = build(
                new BuildRequest(
                        Optional.empty(),
                        List.of(
                                FileCopy.parse(application + ":/app"),
                                FileCopy.parse(application + "/run.sh:/usr/bin/,mode=0755,owner=1000:1000")),
                        new ContainerSettings(
                                Optional.of(List.of("/usr/bin/run.sh")),
                                Optional.of(List.of("--fast")),
                                Map.of("MODE", "test"),
                                Map.of("maker", "us"),
                                Optional.of("1000:1000"),
                                List.of("8080", "53/udp"),
                                List.of("/data"),
                                Optional.of("/app")),
                        List.of()),
                "app:1");

        ImageStore store = LAYOUTS.open(built.reference());
        assertThat(store.resolve("1").orElseThrow().digest())
                .isEqualTo(built.descriptor().digest());
        ImageManifest image = Sources.image(store, built.descriptor());
        assertThat(image.content().mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(image.layers())
                .extracting(Descriptor::mediaType)
                .containsExactly(MediaTypes.OCI_LAYER_GZIP, MediaTypes.OCI_LAYER_GZIP);
        ImageConfig config = Sources.config(store, built.descriptor());
        assertThat(config.platform()).isEqualTo(Platform.parse("linux/amd64"));
        assertThat(config.entrypoint()).containsExactly("/usr/bin/run.sh");
        assertThat(config.command()).containsExactly("--fast");
        assertThat(config.env()).containsExactly("MODE=test");
        assertThat(config.labels()).isEqualTo(Map.of("maker", "us"));
        assertThat(config.user()).isEqualTo("1000:1000");
        assertThat(config.exposedPorts()).containsExactly("53/udp", "8080/tcp");
        assertThat(config.volumes()).containsExactly("/data");
        assertThat(config.workingDirectory()).isEqualTo("/app");
        assertThat(Sources.written(store, built.descriptor()).get("created").textValue())
                .isEqualTo("1970-01-01T00:00:00Z");
        assertThat(Sources.listing(store, image.layers().get(0)))
                .containsExactly(
                        "d 755 0:0 app/ 0 1",
                        "- 644 0:0 app/app.txt 16 1",
                        "d 755 0:0 app/lib/ 0 1",
                        "d 755 0:0 app/lib/more/ 0 1",
                        "- 644 0:0 app/lib/more/two.txt 0 1",
                        "- 644 0:0 app/lib/one.txt 10000 1",
                        "- 644 0:0 app/run.sh 21 1");
        assertThat(Sources.listing(store, image.layers().get(1)))
                .containsExactly("d 755 0:0 usr/ 0 1", "d 755 0:0 usr/bin/ 0 1", "- 755 1000:1000 usr/bin/run.sh 21 1");
    }

    @ParameterizedTest
    @CsvSource({
        "app,has no tag: name the tag that will point at the image",
        "app@sha256:0000000000000000000000000000000000000000000000000000000000000000,has a digest",
        "app:sha256-0000000000000000000000000000000000000000000000000000000000000000,the evidence of another image"
    })
    void refusesATargetThatLeavesTheImageWithoutANameOfItsOwn(String target, String why) {
        assertThatThrownBy(() -> build(application("/app"), target))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
        assertThat(folder.resolve("app")).doesNotExist();
    }

    @Test
    void refusesAnImageFromScratchWithoutFiles() throws Exception {
        BuildRequest none = new BuildRequest(Optional.empty(), List.of(), ContainerSettings.INHERITED, List.of());
        assertThatThrownBy(() -> build(none, "app:1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nothing would be in the image: name the files");
        assertThat(folder.resolve("app")).doesNotExist();
    }

    @Test
    void endsAtAnInterruptWithNothingPublishedAndNothingLeftBehind() throws Exception {
        Files.write(application.resolve("large"), new byte[5_000_000]);
        List<String> before = temporaryFolders();
        Progress interrupting = new Progress() {
            @Override
            public void say(String line) {}

            @Override
            public Task begin(String what, long totalBytes) {
                return bytes -> Thread.currentThread().interrupt();
            }
        };

        assertThatThrownBy(() -> new ImageBuilder(LAYOUTS).build(application("/app"), reference("app:1"), interrupting))
                .isInstanceOf(InterruptedException.class);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(temporaryFolders()).isEqualTo(before);
        assertThat(folder.resolve("app")).doesNotExist();
    }

    @Test
    void refusesFilesThatChangeWhileTheyArePacked() throws Exception {
        Files.write(application.resolve("large"), new byte[5_000_000]);
        Progress writing = new Progress() {
            @Override
            public void say(String line) {}

            @Override
            public Task begin(String what, long totalBytes) {
                return bytes -> writeApp("the application, exchanged\n");
            }
        };

        assertThatThrownBy(() -> new ImageBuilder(LAYOUTS).build(application("/app"), reference("app:1"), writing))
                .isInstanceOf(AirworthyException.class)
                .hasMessageContaining(application.toString())
                .hasMessageMatching(".*(changed while it was packed|nothing changes it meanwhile).*");
        assertThat(folder.resolve("app")).doesNotExist();
    }

    @Test
    void warnsOfAnEntrypointThatIsOneWordWithItsArguments() throws Exception {
        List<String> told = new ArrayList<>();
        Progress telling = new Progress() {
            @Override
            public void say(String line) {
                told.add(line);
            }

            @Override
            public Task begin(String what, long totalBytes) {
                return bytes -> {};
            }
        };
        ContainerSettings settings = new ContainerSettings(
                Optional.of(List.of("java -jar /app/app.jar")),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
        BuildRequest request = application("/app");
        new ImageBuilder(LAYOUTS)
                .build(
                        new BuildRequest(request.base(), request.copies(), settings, List.of()),
                        reference("app:1"),
                        telling);
        assertThat(told).singleElement().asString().contains("'java -jar /app/app.jar'", "give each word on its own");
    }

    @Test
    void reportsProgress() throws Exception {
        List<String> told = new ArrayList<>();
        Progress telling = new Progress() {
            @Override
            public void say(String line) {
                told.add(line);
            }

            @Override
            public Task begin(String what, long totalBytes) {
                told.add(what.replaceAll("sha256:\\w+", "DIGEST"));
                return bytes -> {};
            }
        };
        new ImageBuilder(LAYOUTS).build(application("/app"), reference("app:1"), telling);
        assertThat(told).containsExactly("files for /app", "blob DIGEST", "blob DIGEST");
    }

    @Test
    void usesNothingOfJibThatHasThreadsCachesOrTheNetwork() {
        classes()
                .that()
                .resideInAPackage("..airworthy.build..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("com.google.cloud.tools.jib.."))
                        .or(resideInAPackage("com.google.cloud.tools.jib.api.buildplan.."))
                        .or(resideInAPackage("com.google.cloud.tools.jib.blob.."))
                        .or(type(ReproducibleLayerBuilder.class)))
                .check(new ClassFileImporter().importPackages("io.jenkins.plugins.airworthy.build"));
    }

    private BuildRequest application(String to) throws InvalidInputException {
        return new BuildRequest(
                Optional.empty(),
                List.of(FileCopy.parse(application + ":" + to)),
                ContainerSettings.INHERITED,
                List.of());
    }

    private void writeApp(String text) {
        try {
            Files.writeString(application.resolve("app.txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> temporaryFolders() {
        String[] names = Path.of(System.getProperty("java.io.tmpdir"))
                .toFile()
                .list((at, name) -> name.startsWith("airworthy-build-"));
        return List.of(names == null ? new String[0] : names);
    }

    private ImageReference reference(String target) throws InvalidInputException {
        return ImageReference.parse("oci:" + folder.resolve(target));
    }

    private BuiltImage build(BuildRequest request, String target) throws AirworthyException, InterruptedException {
        return new ImageBuilder(LAYOUTS).build(request, reference(target), Progress.SILENT);
    }
}
