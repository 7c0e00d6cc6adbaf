package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LayerCheckTest {
    @TempDir
    Path folder;

    @Test
    void layersThatAreLargeOnlyTogetherAreRefused() throws Exception {
        ResolvedImage image = new SampleImage()
                .with("one.txt", "x".repeat(10_000))
                .with("two.txt", "y".repeat(10_000))
                .in(folder.resolve("images"), "any");
        ScanTarget target = ScanTarget.of(image).get(0);
        PrivateLayout layout;
        try (ImageStore store = LayoutStore.open((LayoutReference) image.asked())) {
            layout = PrivateLayout.copy(store, target.manifest(), folder.resolve("copy"), Progress.SILENT);
        }

        assertThatCode(() -> new LayerCheck("the image", layout, 1_000_000).require(target))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new LayerCheck("the image", layout, 8_000).require(target))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("the image: layer sha256:")
                .hasMessageContaining("brings the image to more than 8000 bytes uncompressed: nothing is scanned");
    }
}
