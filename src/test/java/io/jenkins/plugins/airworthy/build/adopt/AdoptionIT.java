package io.jenkins.plugins.airworthy.build.adopt;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.RegistryStores;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunSource;
import io.jenkins.plugins.airworthy.jenkins.run.provenance.AdoptedProvenance;
import io.jenkins.plugins.airworthy.jenkins.run.provenance.AdoptionWindow;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Images that the real buildah builds and pushes to a real registry, adopted from the files that it writes. */
class AdoptionIT {
    @TempDir
    private static Path folder;

    private static RegistryServer registry;
    private static Tool buildah;
    private static ImageStores stores;

    @BeforeAll
    static void prepare() throws Exception {
        buildah = Tool.require("buildah");
        registry = RegistryServer.distribution(Files.createDirectory(folder.resolve("registry")));
        stores = RegistryStores.any(List.of(), CredentialSource.ANONYMOUS, RequestListener.NONE);
        Files.writeString(folder.resolve("app.txt"), "the application");
        build("FROM scratch\nCOPY app.txt /base.txt\n", place("base:1"), "base");
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    private static String place(String name) {
        return registry.host() + "/staging/" + name;
    }

    private static void buildah(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "--root",
                folder.resolve("store/root").toString(),
                "--runroot",
                folder.resolve("store/run").toString(),
                "--storage-driver",
                "vfs"));
        all.addAll(List.of(arguments));
        buildah.run(folder, Map.of(), all.toArray(String[]::new)).succeeded();
    }

    /** Builds and pushes; NAME.digest and NAME.id are what buildah says. */
    private static void build(String dockerfile, String to, String name) throws Exception {
        Path context = Files.createDirectories(folder.resolve("context-" + name));
        Files.copy(folder.resolve("app.txt"), context.resolve("app.txt"));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        buildah(
                "bud",
                "--isolation",
                "chroot",
                "--tls-verify=false",
                "--iidfile",
                name + ".id",
                "-t",
                to,
                context.toString());
        buildah("push", "--tls-verify=false", "--digestfile", name + ".digest", to);
    }

    private static AdoptedImage adopt(String image, String file) throws Exception {
        ImageReference asked = ImageReference.parse(image);
        BuilderOutput output = new OutputFile(folder.resolve(file), file).read(Optional.of(Instant.EPOCH));
        try (ImageStore store = stores.open(asked)) {
            return Adoption.of(store, asked, output);
        }
    }

    private static Digest at(String image) throws Exception {
        ImageReference asked = ImageReference.parse(image);
        try (ImageStore store = stores.open(asked)) {
            return store.manifest(asked.tag().orElseThrow())
                    .map(Manifest::digest)
                    .orElseThrow();
        }
    }

    private static Statement provenance(AdoptedImage adopted) throws Exception {
        RunOrigin origin = new RunOrigin(
                Set.of(RunKind.INLINE),
                RunSource.none("inline"),
                Map.of(),
                List.of(),
                List.of(),
                "https://jenkins.example.com/",
                "shop",
                "job/shop/1/",
                1,
                Instant.EPOCH);
        Instant now = Instant.now();
        return AdoptedProvenance.of(
                origin,
                adopted,
                "digest",
                "linux-1",
                new AdoptionWindow(now, now, AdoptionWindow.AbsentBefore.UNKNOWN),
                stores);
    }

    @Test
    void adoptsWhatBuildahPushedWithTheBaseThatItsAnnotationsName() throws Exception {
        build("FROM " + place("base:1") + "\nCOPY app.txt /app.txt\n", place("app:1"), "app");

        AdoptedImage adopted = adopt(place("app:1"), "app.digest");
        Statement statement = provenance(adopted);

        assertThat(adopted.digest()).isEqualTo(at(place("app:1")));
        assertThat(Provenance.parse(statement).base())
                .contains(
                        new Provenance.Base(place("base:1"), at(place("base:1")).toString()));
        assertThat(statement.observation().orElseThrow().observer()).isEqualTo(Observer.BUILD_AGENT);
    }

    /** The registry answers 500 to a request for a manifest by the digest of a config. */
    @Test
    void tellsTheIdThatBuildahWritesFromADigest() {
        assertThatThrownBy(() -> adopt(place("base:1"), "base.id"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is the id of an image (the digest of its config)")
                .message()
                .doesNotContain("trouble");
    }

    @Test
    void refusesDigestOfAnotherRepository() throws Exception {
        build("FROM scratch\nCOPY app.txt /another.txt\n", place("another:1"), "another");

        assertThatThrownBy(() -> adopt(place("base"), "another.digest"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the builder did not push it there");
    }

    @Test
    void adoptsIndexOfTwoPlatforms() throws Exception {
        Path context = Files.createDirectories(folder.resolve("index"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /Dockerfile\n");
        for (String platform : List.of("linux/amd64", "linux/386")) {
            buildah("bud", "--isolation", "chroot", "--platform", platform, "--manifest", "both", context.toString());
        }
        buildah(
                "manifest",
                "push",
                "--tls-verify=false",
                "--all",
                "--digestfile",
                "both.digest",
                "both",
                "docker://" + place("both:1"));

        assertThat(adopt(place("both:1"), "both.digest").image().platforms())
                .extracting(image -> image.platform().toString())
                .containsExactlyInAnyOrder("linux/amd64", "linux/386");
    }
}
