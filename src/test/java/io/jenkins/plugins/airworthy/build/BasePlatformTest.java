package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.ImageManifest;
import io.jenkins.plugins.airworthy.image.ImageReader;
import io.jenkins.plugins.airworthy.image.IndexManifest;
import io.jenkins.plugins.airworthy.image.Manifest;
import io.jenkins.plugins.airworthy.image.MediaTypes;
import io.jenkins.plugins.airworthy.image.Platform;
import org.junit.jupiter.api.Test;

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

    @Test
    void saysThatAnIndexDoesNotNameThePlatformsOfItsImages() throws Exception {
        Descriptor unnamed = BaseSample.ordinary(bases, "linux/amd64").descriptor();
        Descriptor arm = withLayer(MediaTypes.OCI_LAYER, BaseSample.layer("arm"))
                .descriptor()
                .with(Platform.parse("linux/arm64"));

        assertThatThrownBy(() -> build(BaseSample.index(bases, List.of(unnamed))))
                .hasMessageContaining("is not for linux/amd64: it offers an image without a platform; name the one that"
                        + " you mean by its own digest");
        assertThatThrownBy(() -> build(BaseSample.index(bases, List.of(arm, unnamed))))
                .hasMessageContaining("it offers linux/arm64, an image without a platform; name");
        assertThatThrownBy(() -> build(BaseSample.index(bases, List.of()))).hasMessageEndingWith("it offers no image");
    }

    @Test
    void refusesAnIndexInAnIndex() throws Exception {
        Descriptor inner = index("linux/amd64").descriptor().with(Platform.parse("linux/amd64"));
        Manifest outer = BaseSample.index(bases, List.of(inner));
        assertThatThrownBy(() -> build(outer))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is an index again");
    }
}
