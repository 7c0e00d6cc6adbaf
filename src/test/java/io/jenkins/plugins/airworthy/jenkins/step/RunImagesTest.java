package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.run.RecordedImage;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunImagesTest {
    private static final Digest ONE = Digest.of(new byte[] {1});
    private static final Digest TWO = Digest.of(new byte[] {2});

    @Test
    void meansTheImageBuiltLastAlsoWhenAnotherWasLookedAtSince() throws Exception {
        RunImages images = images(image("app:1", ONE, true), image("other:1", TWO, false));

        assertThat(images.meant(Optional.empty())).hasToString("registry.example.com/app@" + ONE);
    }

    @Test
    void meansTheImageLookedAtLastWhenNoneWasBuilt() throws Exception {
        RunImages images = images(image("app:1", ONE, false), image("other:1", TWO, false));

        assertThat(images.meant(Optional.empty())).hasToString("registry.example.com/other@" + TWO);
    }

    @Test
    void meansWhatThisRunBuiltUnderATagAndNotWhatTheTagPointsAtNow() throws Exception {
        RunImages images = images(image("app:1", ONE, true));

        assertThat(images.meant(Optional.of("registry.example.com/app:1")))
                .hasToString("registry.example.com/app@" + ONE);
    }

    @Test
    void meansTheLastOfTwoThatWereBuiltUnderOneTag() throws Exception {
        RunImages images = images(image("app:1", ONE, true), image("app:1", TWO, true));

        assertThat(images.meant(Optional.of("registry.example.com/app:1")))
                .hasToString("registry.example.com/app@" + TWO);
        assertThat(images.meant(Optional.of(ONE.toString()))).hasToString("registry.example.com/app@" + ONE);
    }

    @Test
    void leavesAnImageOfAnotherRunToTheRegistry() throws Exception {
        assertThat(images().meant(Optional.of("registry.example.com/app:1"))).hasToString("registry.example.com/app:1");
    }

    @Test
    void saysWhichImagesItKnowsWhenADigestIsAnothers() {
        assertThatThrownBy(() -> images(image("app:1", ONE, true)).meant(Optional.of(TWO.toString())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("knows no image " + TWO)
                .hasMessageContaining("registry.example.com/app@" + ONE);
    }

    @Test
    void saysWhatToDoWhenNothingWasBuilt() {
        assertThatThrownBy(() -> images().meant(Optional.empty()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("name one with 'image'");
    }

    private static RunImages images(RecordedImage... known) {
        return new RunImages(List.of(known));
    }

    private static RecordedImage image(String name, Digest digest, boolean built) throws InvalidInputException {
        return new RecordedImage(
                ImageReference.parse("registry.example.com/" + name), digest, built, List.of(), List.of());
    }
}
