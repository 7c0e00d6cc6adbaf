package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.testing.files.ImageFileSystem;

import java.util.Optional;

/** The image under test. Its files are present only if a test of the suite reads files. */
record TestedImage(ImageConfig config, ImageEnvironment environment, Optional<ImageFileSystem> optionalFiles) {
    ImageFileSystem files() {
        return optionalFiles.orElseThrow();
    }
}
