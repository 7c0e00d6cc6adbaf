package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What another machine says to have built is looked up, and made once more from its layers. */
class BuildCheckTest extends OnBaseImages {
    @Test
    void believesAnImageThatTheRequestMakesOfItsLayers() throws Exception {
        BuildRequest request = on(BaseSample.ordinary(bases, "linux/amd64"), List.of(), "1000");
        BuiltImage built = build(request);

        assertThat(check(request, built.descriptor().digest())).isEqualTo(built);
    }

    @Test
    void believesAnImageOfSeveralPlatformsAndOneFromScratch() throws Exception {
        BuildRequest several = on(
                index("linux/amd64", "linux/arm64"),
                List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")),
                "1000");
        BuildRequest scratch = new BuildRequest(Optional.empty(), several.copies(), INHERITED, List.of());

        BuiltImage first = build(several);
        BuiltImage second = build(scratch);

        assertThat(check(several, first.descriptor().digest())).isEqualTo(first);
        assertThat(check(scratch, second.descriptor().digest())).isEqualTo(second);
    }

    @Test
    void aBaseThatTheLayersDoNotStartWithIsRefused() throws Exception {
        BuildRequest asked = on(BaseSample.ordinary(bases, "linux/amd64"), List.of(), "1000");
        BuiltImage other =
                build(on(withLayer("application/vnd.oci.image.layer.v1.tar+gzip", new byte[] {1}), List.of(), "1000"));

        assertRefused(asked, other);
    }

    @Test
    void refusesAnImageOnABaseAsOneFromScratch() throws Exception {
        BuildRequest asked = new BuildRequest(
                Optional.empty(), List.of(FileCopy.parse(application + ":/app")), INHERITED, List.of());

        assertRefused(asked, build(BaseSample.ordinary(bases, "linux/amd64"), INHERITED));
    }

    @Test
    void refusesSettingsThatWereNotRequested() throws Exception {
        Manifest base = BaseSample.ordinary(bases, "linux/amd64");

        assertRefused(on(base, List.of(), "1000"), build(on(base, List.of(), "0")));
    }

    @Test
    void refusesALayerThatWasNotRequested() throws Exception {
        Manifest base = BaseSample.ordinary(bases, "linux/amd64");
        BuildRequest asked = on(base, List.of(), "1000");
        Files.writeString(folder.resolve("more.txt"), "more");
        BuiltImage more = build(new BuildRequest(
                asked.base(),
                List.of(asked.copies().get(0), FileCopy.parse(folder.resolve("more.txt") + ":/more.txt")),
                asked.settings(),
                List.of()));

        assertRefused(asked, more);
    }

    @Test
    void aPlatformThatIsMissingIsNoticed() throws Exception {
        Manifest base = index("linux/amd64", "linux/arm64");
        List<Platform> both = List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));

        assertRefused(on(base, both, "1000"), build(on(base, both.subList(0, 1), "1000")));
    }

    @Test
    void aDigestThatIsNotThereIsRefused() throws Exception {
        BuildRequest request = on(BaseSample.ordinary(bases, "linux/amd64"), List.of(), "1000");
        build(request);

        assertThatThrownBy(() -> check(request, Digest.of(new byte[] {7}))).isInstanceOf(UndecidedException.class);
    }

    private void assertRefused(BuildRequest asked, BuiltImage built) {
        assertThatThrownBy(() -> check(asked, built.descriptor().digest()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(built.descriptor().digest() + " is not what was to be built");
    }

    private BuiltImage check(BuildRequest request, Digest claimed) throws Exception {
        ImageReference where = target.location().tagged("built");
        return new BuildCheck(reference -> LayoutStore.open((LayoutReference) reference))
                .check(request, where, claimed);
    }

    private BuildRequest on(Manifest base, List<Platform> platforms, String user) throws InvalidInputException {
        ContainerSettings settings = new ContainerSettings(
                Optional.empty(),
                Optional.empty(),
                Map.of("A", "1"),
                Map.of("team", "one"),
                Optional.of(user),
                List.of("8080"),
                List.of(),
                Optional.empty());
        return new BuildRequest(
                Optional.of(bases.location().at(base.digest())),
                List.of(FileCopy.parse(application + ":/app")),
                settings,
                platforms);
    }
}
