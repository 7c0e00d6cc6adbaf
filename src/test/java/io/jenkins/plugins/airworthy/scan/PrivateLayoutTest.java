package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PrivateLayoutTest {
    @TempDir
    Path folder;

    @Test
    void containsOnlyTheRequestedImage() throws Exception {
        Path images = folder.resolve("images");
        new SampleImage().with("other.txt", "other").in(images, "other");
        ResolvedImage image = new SampleImage().with("hello.txt", "hello").in(images, "any");

        PrivateLayout layout = copy(images, image);
        Path copy = layout.folder();

        LayoutReference place = new LayoutReference(copy, Optional.empty(), Optional.empty());
        try (ImageStore store = LayoutStore.open(place)) {
            ResolvedImage copied = ImageReader.read(store, place.at(onlyImage(copy)));
            ImageManifest manifest = copied.platforms().get(0).manifest();
            assertThat(copied.problems()).isEmpty();
            assertThat(manifest.layers())
                    .isEqualTo(image.platforms().get(0).manifest().layers());
            assertThat(manifest.config().digest()).isEqualTo(layout.imageId());
        }
        try (var blobs = Files.list(copy.resolve("blobs/sha256"))) {
            assertThat(blobs).hasSize(3).noneMatch(Files::isSymbolicLink);
        }
    }

    @Test
    void refusesAnImageThatSaysItIsTooLargeBeforeReadingAnything() throws Exception {
        for (long[] sizes : new long[][] {{PrivateLayout.MAX_IMAGE_BYTES, 1}, {Long.MAX_VALUE, Long.MAX_VALUE}}) {
            ImageManifest manifest = manifest(sizes[0], sizes[1]);

            assertThatThrownBy(() -> copy(folder.resolve("empty"), manifest))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("larger than the allowed " + PrivateLayout.MAX_IMAGE_BYTES + " bytes");
        }
    }

    @Test
    void refusesAnImageWithAMissingLayer() {
        assertThatThrownBy(() -> copy(folder.resolve("empty"), manifest(10, 10)))
                .isInstanceOf(UndecidedException.class);
    }

    private static Digest onlyImage(Path layout) throws Exception {
        return Digest.parse(StrictJson.parseObject(Files.readAllBytes(layout.resolve("index.json")), "index", 1 << 20)
                .objects("manifests")
                .get(0)
                .string("digest"));
    }

    private static ImageManifest manifest(long config, long layer) throws Exception {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        json.set("config", new Descriptor(MediaTypes.OCI_CONFIG, Digest.of(new byte[] {1}), config).toJson());
        json.putArray("layers").add(new Descriptor(MediaTypes.OCI_LAYER, Digest.of(new byte[] {2}), layer).toJson());
        return (ImageManifest) Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(json));
    }

    private PrivateLayout copy(Path images, ResolvedImage image) throws Exception {
        return copy(images, image.platforms().get(0).manifest());
    }

    private PrivateLayout copy(Path images, ImageManifest manifest) throws Exception {
        LayoutReference reference = new LayoutReference(images, Optional.empty(), Optional.of(manifest.digest()));
        try (ImageStore store = LayoutStore.open(reference)) {
            return PrivateLayout.copy(store, manifest, folder.resolve("copy"), Progress.SILENT);
        }
    }
}
