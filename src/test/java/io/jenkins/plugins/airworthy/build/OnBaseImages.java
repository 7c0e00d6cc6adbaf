package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the same application on base images in one layout folder, into another. */
abstract class OnBaseImages {
    static final ContainerSettings INHERITED = ContainerSettings.INHERITED;

    @TempDir
    Path folder;

    Path application;
    ImageStore bases;
    ImageStore target;

    @BeforeEach
    void prepare() throws Exception {
        application = Sources.application(folder.resolve("application"));
        bases = LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve("bases")));
        target = LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve("target")));
    }

    Manifest withLayer(String type, byte[] layer) throws AirworthyException, InterruptedException {
        return BaseSample.image(
                bases,
                MediaTypes.OCI_MANIFEST,
                MediaTypes.OCI_CONFIG,
                BaseSample.config("linux/amd64", layer),
                type,
                layer);
    }

    Manifest index(String... platforms) throws AirworthyException, InterruptedException {
        Descriptor[] children = new Descriptor[platforms.length];
        for (int i = 0; i < platforms.length; i++) {
            children[i] = BaseSample.ordinary(bases, platforms[i]).descriptor().with(Platform.parse(platforms[i]));
        }
        return BaseSample.index(bases, List.of(children));
    }

    static ContainerSettings starting(List<String> entrypoint, List<String> command) {
        return new ContainerSettings(
                Optional.ofNullable(entrypoint),
                Optional.ofNullable(command),
                Map.of(),
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    BuiltImage build(Manifest base, ContainerSettings settings) throws Exception {
        return build(bases.location().at(base.digest()), settings);
    }

    BuiltImage build(ImageReference base, ContainerSettings settings) throws Exception {
        return build(new BuildRequest(
                Optional.of(base), List.of(FileCopy.parse(application + ":/app")), settings, List.of()));
    }

    BuiltImage build(Manifest base, String... platforms) throws Exception {
        Platform[] wanted = new Platform[platforms.length];
        for (int i = 0; i < platforms.length; i++) {
            wanted[i] = Platform.parse(platforms[i]);
        }
        return build(new BuildRequest(
                Optional.of(bases.location().at(base.digest())),
                List.of(FileCopy.parse(application + ":/app")),
                INHERITED,
                List.of(wanted)));
    }

    BuiltImage build(BuildRequest request) throws AirworthyException, InterruptedException, IOException {
        return new ImageBuilder(reference -> LayoutStore.open((LayoutReference) reference))
                .build(request, target.location().tagged("built"), Progress.SILENT);
    }
}
