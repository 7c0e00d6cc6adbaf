package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.scan.Scanner;
import io.jenkins.plugins.airworthy.scan.TrivyExecutable;
import io.jenkins.plugins.airworthy.scan.TrivySettings;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 12, with the real Trivy: why a layer must have the digest that the image's config names. */
class HiddenLayersIT {
    private static final byte[] CLEAN = Samples.tar("etc/issue", "nothing to see\n");
    private static final byte[] DIRTY =
            Samples.tar("app/credentials", "token = ghp_016C7MHV6DKC3pyYfFhtUjHBYPgZvm2abcde\n");

    @TempDir
    Path folder;

    @Test
    void refusesLayerUnderAnotherNameThatTrivyAloneOverlooks() throws Exception {
        new LayeredImage()
                .with(Samples.gzip(CLEAN), CLEAN)
                .with(Samples.gzip(DIRTY), DIRTY)
                .in(path("honest"), "any");
        ResolvedImage hidden = new LayeredImage()
                .with(Samples.gzip(DIRTY), CLEAN)
                .with(Samples.gzip(CLEAN), CLEAN)
                .in(path("hidden"), "any");

        assertThat(naive("honest")).contains("github-pat");
        assertThat(naive("hidden")).doesNotContain("github-pat");
        assertThatThrownBy(() -> ours(hidden))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("it would be scanned under another layer's name");
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private String naive(String name) throws Exception {
        return Tool.require("trivy")
                .run(
                        folder,
                        Map.of(),
                        "image",
                        "--cache-dir",
                        path("cache").toString(),
                        "--scanners",
                        "secret",
                        "--skip-version-check",
                        "--disable-telemetry",
                        "--format",
                        "json",
                        "--input",
                        path(name).toString())
                .succeeded()
                .out();
    }

    private void ours(ResolvedImage image) throws Exception {
        TrivySettings settings = new TrivySettings(
                TrivyExecutable.at(Tool.require("trivy").executable()),
                Files.createDirectories(path("cache")),
                true,
                Optional.empty(),
                Map.of(),
                TrivySettings.DEFAULT_TIME_LIMIT);
        new Scanner(settings, InstantSource.system())
                .scan(LayoutStore.open((LayoutReference) image.asked()), image, Progress.SILENT);
    }
}
