package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which platform's image is taken of a base, and what several become. */
class BasePlatformTest extends OnBaseImages {
    @Test
    void buildsEveryPlatformThatIsAskedForInOneOrder() throws Exception {
        Manifest index = index("linux/arm64/v8", "linux/amd64", "linux/s390x");

        BuiltImage built = build(index, "linux/arm64", "linux/amd64");
        BuiltImage again = build(index, "linux/amd64", "linux/arm64/v8");

        assertThat(again.descriptor()).isEqualTo(built.descriptor());
        IndexManifest image =
                (IndexManifest) target.manifest(built.descriptor().digest()).orElseThrow();
        assertThat(image.manifests())
                .extracting(child -> child.platform().orElseThrow().toString())
                .containsExactly("linux/amd64", "linux/arm64/v8");
        assertThat(ImageReader.read(target, built.reference()).problems()).isEmpty();
        for (int i = 0; i < 2; i++) {
            ImageManifest child = Sources.image(target, image.manifests().get(i));
            assertThat(child.annotations().get("org.opencontainers.image.base.digest"))
                    .isEqualTo(built.platforms().get(i).base().orElseThrow().toString());
            assertThat(child.layers()).hasSize(3);
        }
        assertThat(target.manifest("built").orElseThrow().digest()).isEqualTo(image.digest());
    }

    @Test
    void makesOneManifestForOnePlatformOfAnIndex() throws Exception {
        BuiltImage built = build(index("linux/amd64", "linux/arm64/v8"), "linux/arm64");

        assertThat(built.descriptor().mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(Sources.config(target, built.descriptor()).platform()).isEqualTo(Platform.parse("linux/arm64/v8"));
    }

    @Test
    void takesLinuxAmd64OfAnIndexOnEveryMachine() throws Exception {
        BuiltImage built = build(index("linux/arm64/v8", "linux/amd64"));
        assertThat(built.platforms().get(0).platform()).isEqualTo(Platform.parse("linux/amd64"));
    }

    @Test
    void refusesAPlatformThatTheBaseDoesNotOffer() throws Exception {
        Manifest index = index("linux/arm64/v8", "linux/arm/v6");
        assertThatThrownBy(() -> build(index, "linux/riscv64"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not for linux/riscv64: it offers linux/arm64/v8, linux/arm/v6");
        Manifest single = BaseSample.ordinary(bases, "linux/amd64");
        assertThatThrownBy(() -> build(single, "linux/arm64"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is for linux/amd64, but linux/arm64 is asked for");
        assertThatThrownBy(() -> build(single, "linux/amd64", "linux/arm64"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("for one platform only");
    }

    @Test
    void refusesToGuessBetweenTwoImagesForOnePlatform() throws Exception {
        Descriptor one = BaseSample.ordinary(bases, "linux/amd64").descriptor().with(Platform.parse("linux/amd64"));
        Descriptor other = withLayer(MediaTypes.OCI_LAYER, BaseSample.layer("other"))
                .descriptor()
                .with(Platform.parse("linux/amd64"));
        Manifest index = BaseSample.index(bases, List.of(one, other));
        assertThatThrownBy(() -> build(index)).hasMessageContaining("has 2 images for linux/amd64");
    }

    @Test
    void refusesAnIndexThatCallsAnotherPlatformsImageTheOneAskedFor() throws Exception {
        Descriptor child =
                BaseSample.ordinary(bases, "linux/amd64").descriptor().with(Platform.parse("linux/arm64/v8"));
        Manifest index = BaseSample.index(bases, List.of(child));
        assertThatThrownBy(() -> build(index, "linux/arm64"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is for linux/amd64, but linux/arm64 is asked for");
    }

    /** Engines, scans and verdicts read it there too. */
    @Test
    void readsThePlatformOfAnImageThatIsListedWithoutOneInItsConfig() throws Exception {
        Descriptor amd = BaseSample.ordinary(bases, "linux/amd64").descriptor();
        Descriptor arm = BaseSample.ordinary(bases, "linux/arm64/v8").descriptor();
        Manifest index = BaseSample.index(bases, List.of(arm, amd));

        assertThat(build(index).platforms().get(0).base()).contains(amd.digest());
        assertThat(build(index, "linux/arm64").platforms().get(0).base()).contains(arm.digest());
        assertThat(build(index, "linux/amd64", "linux/arm64").platforms()).hasSize(2);
        assertThatThrownBy(() -> build(index, "linux/s390x"))
                .hasMessageEndingWith("is not for linux/s390x: it offers linux/arm64/v8, linux/amd64");
        assertThatThrownBy(() -> build(BaseSample.index(
                        bases,
                        List.of(
                                amd,
                                withLayer(MediaTypes.OCI_LAYER, BaseSample.layer("o"))
                                        .descriptor()))))
                .hasMessageContaining("has 2 images for linux/amd64");
    }

    /** What is listed for a platform is asked first, and then nothing else is read. */
    @Test
    void asksNoConfigWhereTheIndexNamesThePlatform() throws Exception {
        Descriptor named =
                BaseSample.ordinary(bases, "linux/amd64").descriptor().with(Platform.parse("linux/amd64"));
        Descriptor gone = Descriptor.of(MediaTypes.OCI_MANIFEST, BaseSample.layer("gone"));
        assertThat(build(BaseSample.index(bases, List.of(gone, named)))
                        .platforms()
                        .get(0)
                        .base())
                .contains(named.digest());
        assertThatThrownBy(() -> build(BaseSample.index(bases, List.of(gone))))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("which is not there");
    }

    @Test
    void saysInAWholeSentenceWhatAnIndexWithoutTheImageHas() throws Exception {
        Manifest artefact = BaseSample.image(
                bases, MediaTypes.OCI_MANIFEST, MediaTypes.OCI_EMPTY, "{}", "text/plain", BaseSample.layer("text"));
        assertThatThrownBy(() -> build(BaseSample.index(bases, List.of(artefact.descriptor()))))
                .hasMessageEndingWith("is not for linux/amd64: it offers something that is not an image");
        Descriptor statements = artefact.descriptor().with(Platform.parse("unknown/unknown"));
        assertThatThrownBy(() -> build(BaseSample.index(bases, List.of(statements))))
                .hasMessageEndingWith("it offers no image");
        assertThatThrownBy(() -> build(BaseSample.index(bases, List.of())))
                .hasMessageEndingWith("is an index that lists no image; choose another base image");
        Descriptor[] many = new Descriptor[201];
        Arrays.fill(many, BaseSample.ordinary(bases, "linux/arm64").descriptor());
        assertThatThrownBy(() -> build(BaseSample.index(bases, List.of(many))))
                .hasMessageContaining("lists more than the allowed 200 images");
    }

    /** What crane makes of nothing names no platform. */
    @Test
    void saysWhatABaseWithoutAPlatformLacksAndHowToGiveItOne() throws Exception {
        String config = BaseSample.config("linux/amd64", BaseSample.layer("x"));
        for (String without : List.of(
                config.replace("\"linux\"", "\"\"").replace("\"amd64\"", "\"\""), config.replace("\"os\"", "\"so\""))) {
            Manifest base = BaseSample.image(
                    bases,
                    MediaTypes.OCI_MANIFEST,
                    MediaTypes.OCI_CONFIG,
                    without,
                    MediaTypes.OCI_LAYER_GZIP,
                    BaseSample.layer("x"));
            assertThatThrownBy(() -> build(base, INHERITED))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("config: os: is missing or empty")
                    .hasMessageContaining("crane mutate --set-platform linux/amd64");
        }
    }

    @Test
    void refusesAnIndexInAnIndex() throws Exception {
        Descriptor inner = index("linux/amd64").descriptor().with(Platform.parse("linux/amd64"));
        Manifest outer = BaseSample.index(bases, List.of(inner));
        assertThatThrownBy(() -> build(outer))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is another index");
    }
}
