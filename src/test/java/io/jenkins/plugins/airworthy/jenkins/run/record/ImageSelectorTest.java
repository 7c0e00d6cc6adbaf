package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which image a step means, with and without the argument {@code image}, where several branches of a pipeline build some. */
class ImageSelectorTest {
    private static final ImageReference APP = ARun.reference("registry.example.com/staging/app:1");
    private static final ImageReference BLUE_TAG = ARun.reference("registry.example.com/staging/app:blue");
    private static final ImageReference GREEN_TAG = ARun.reference("registry.example.com/staging/app:green");
    private static final Digest FIRST = Digest.of("first".getBytes(UTF_8));
    private static final Digest SECOND = Digest.of("second".getBytes(UTF_8));
    private static final Digest THIRD = Digest.of("third".getBytes(UTF_8));

    /** Branches of one parallel, and those of the next one on the same line. */
    private static final ParallelPath BLUE = path("5/7");

    private static final ParallelPath GREEN = path("5/8");
    private static final ParallelPath LATER_BLUE = path("40/42");
    private static final ParallelPath WITHIN_BLUE = path("5/7", "12/14");
    private static final ParallelPath WITHIN_BLUE_TOO = path("5/7", "12/15");

    private RunContents contents = RunContents.EMPTY;

    private static ParallelPath path(String... branches) {
        return new ParallelPath(Stream.of(branches)
                .map(branch -> branch.split("/"))
                .map(ids -> new ParallelPath.Branch(ids[0], ids[1]))
                .toList());
    }

    private void built(ImageReference reference, Digest digest, ParallelPath path) throws Exception {
        contents = contents.made(Sighting.Way.BUILT, reference, digest, path);
    }

    private void seen(ImageReference reference, Digest digest, ParallelPath path) throws Exception {
        contents = contents.seen(reference, digest, path);
    }

    private ImageSelector at(ParallelPath here) {
        return new ImageSelector(contents.images(), here);
    }

    private Digest usual(ParallelPath here) throws Exception {
        ImageReference meant = at(here).ofAnyRun("");
        assertThat(at(here).ofThisRun("").pinned()).isEqualTo(meant);
        return meant.digest().orElseThrow();
    }

    private void refuses(ParallelPath here, String argument, String... words) {
        assertThatThrownBy(() -> at(here).ofAnyRun(argument)).hasMessageContainingAll(words);
        assertThatThrownBy(() -> at(here).ofThisRun(argument)).hasMessageContainingAll(words);
    }

    @Test
    void aBranchMeansWhatItBuiltAndNotWhatAParallelBranchBuiltLater() throws Exception {
        built(BLUE_TAG, FIRST, BLUE);
        built(GREEN_TAG, SECOND, GREEN);

        assertThat(usual(BLUE)).isEqualTo(FIRST);
        assertThat(usual(GREEN)).isEqualTo(SECOND);
    }

    @Test
    void aBranchThatBuiltNothingMeansWhatWasBuiltBeforeTheBranches() throws Exception {
        built(APP, FIRST, ParallelPath.NONE);
        built(BLUE_TAG, SECOND, BLUE);

        assertThat(usual(GREEN)).isEqualTo(FIRST);
    }

    @Test
    void refusesABranchTheImageOfAParallelBranch() throws Exception {
        built(BLUE_TAG, FIRST, BLUE);

        refuses(GREEN, "", "no image was built in this branch, or before it", "imageBuild", "'image'", FIRST.hex());
    }

    @Test
    void afterTheBranchesAStepMustSayWhichOfTheirImagesItMeans() throws Exception {
        built(BLUE_TAG, FIRST, BLUE);
        built(GREEN_TAG, SECOND, GREEN);

        refuses(
                ParallelPath.NONE,
                "",
                "this run built 2 images",
                "name one with 'image': ",
                FIRST + " (tag blue), ",
                SECOND + " (tag green)");
        refuses(LATER_BLUE, "", "this run built 2 images");
    }

    @Test
    void afterTheBranchesTheOnlyImageOfThemIsMeant() throws Exception {
        built(APP, FIRST, ParallelPath.NONE);
        built(BLUE_TAG, SECOND, BLUE);

        assertThat(usual(ParallelPath.NONE)).isEqualTo(SECOND);
        assertThat(usual(LATER_BLUE)).isEqualTo(SECOND);
    }

    @Test
    void whatIsBuiltAfterTheBranchesIsMeantAgain() throws Exception {
        built(BLUE_TAG, FIRST, BLUE);
        built(GREEN_TAG, SECOND, GREEN);
        built(APP, THIRD, ParallelPath.NONE);

        assertThat(usual(ParallelPath.NONE)).isEqualTo(THIRD);
    }

    @Test
    void theSameImageFromTwoBranchesIsOne() throws Exception {
        built(BLUE_TAG, FIRST, BLUE);
        built(BLUE_TAG, SECOND, BLUE);
        built(GREEN_TAG, FIRST, GREEN);

        assertThat(usual(BLUE)).isEqualTo(SECOND);
        assertThat(usual(GREEN)).isEqualTo(FIRST);
        assertThat(at(BLUE).ofThisRun(BLUE_TAG.at(FIRST).toString()).digest()).isEqualTo(FIRST);
        assertThat(at(GREEN).ofThisRun(GREEN_TAG.toString()).digest()).isEqualTo(FIRST);
    }

    @Test
    void branchesWithinABranchAreKeptApartToo() throws Exception {
        built(APP, FIRST, BLUE);
        built(BLUE_TAG, SECOND, WITHIN_BLUE);

        assertThat(usual(WITHIN_BLUE)).isEqualTo(SECOND);
        assertThat(usual(WITHIN_BLUE_TOO)).isEqualTo(FIRST);
        assertThat(usual(BLUE)).isEqualTo(SECOND);
        refuses(GREEN, "", "no image was built in this branch");
    }

    @Test
    void onOneLineTheLastOneIsMeantAsInALoopOrWhenSomethingIsTriedAgain() throws Exception {
        built(APP, FIRST, BLUE);
        built(APP, SECOND, BLUE);
        assertThat(usual(BLUE)).isEqualTo(SECOND);

        built(APP, FIRST, BLUE);
        assertThat(usual(BLUE)).isEqualTo(FIRST);
    }

    @Test
    void whenAllBranchesAreTriedAgainEachMeansItsNewImage() throws Exception {
        built(BLUE_TAG, FIRST, BLUE);
        built(BLUE_TAG, SECOND, LATER_BLUE);
        built(GREEN_TAG, THIRD, path("40/43"));

        assertThat(usual(LATER_BLUE)).isEqualTo(SECOND);
        assertThatThrownBy(() -> at(ParallelPath.NONE).ofThisRun(""))
                .hasMessageContainingAll("built 2 images", SECOND.hex(), THIRD.hex())
                .hasMessageNotContaining(FIRST.hex());
    }

    @Test
    void whatWasBuiltGoesBeforeWhatWasLookedAt() throws Exception {
        seen(GREEN_TAG, SECOND, ParallelPath.NONE);
        assertThat(usual(ParallelPath.NONE)).isEqualTo(SECOND);
        built(APP, FIRST, ParallelPath.NONE);
        seen(BLUE_TAG, THIRD, ParallelPath.NONE);
        assertThat(usual(ParallelPath.NONE)).isEqualTo(FIRST);
    }

    @Test
    void whatBranchesLookedAtIsKeptApartToo() throws Exception {
        seen(BLUE_TAG, FIRST, BLUE);
        seen(GREEN_TAG, SECOND, GREEN);
        assertThat(usual(BLUE)).isEqualTo(FIRST);
        refuses(ParallelPath.NONE, "", "this run looked at 2 images");

        seen(BLUE_TAG, FIRST, GREEN);
        assertThat(usual(GREEN)).isEqualTo(FIRST);
    }

    @Test
    void aBranchMayNameTheImageOfAnother() throws Exception {
        built(BLUE_TAG, FIRST, BLUE);
        built(GREEN_TAG, SECOND, GREEN);

        assertThat(at(BLUE).ofThisRun(GREEN_TAG.toString()).digest()).isEqualTo(SECOND);
        assertThat(at(BLUE).ofThisRun(SECOND.toString()).digest()).isEqualTo(SECOND);
    }

    /** A tag that two branches moved at the same time, and a repository into which both built. */
    @Test
    void aNameMeansTheImageOfTheOwnBranchAndIsRefusedAfterTheBranches() throws Exception {
        built(APP, FIRST, BLUE);
        built(APP, SECOND, GREEN);

        for (String name : List.of(APP.toString(), APP.repository())) {
            assertThat(at(BLUE).ofThisRun(name).digest()).isEqualTo(FIRST);
            assertThat(at(GREEN).ofThisRun(name).digest()).isEqualTo(SECOND);
            refuses(ParallelPath.NONE, name, "this run knows 2 images as '" + name + "'", FIRST.hex(), SECOND.hex());
        }
    }

    /** However it is named, and whatever the tag points at by now. */
    @Test
    void aKnownImageIsMeantByItsDigest() throws Exception {
        built(APP, FIRST, ParallelPath.NONE);
        String pinned = "registry.example.com/staging/app@" + FIRST;

        for (String name : List.of(
                "registry.example.com/staging/app",
                "registry.example.com/staging/app:1",
                pinned,
                "registry.example.com/staging/app:1@" + FIRST,
                "registry.example.com/staging/app:another@" + FIRST,
                FIRST.toString())) {
            assertThat(at(ParallelPath.NONE).ofAnyRun(name)).as(name).hasToString(pinned);
            assertThat(at(ParallelPath.NONE).ofThisRun(name).pinned()).as(name).hasToString(pinned);
        }
    }

    @Test
    void aTagThatWasBuiltTwiceMeansTheLaterImage() throws Exception {
        built(APP, FIRST, ParallelPath.NONE);
        built(APP, SECOND, ParallelPath.NONE);

        assertThat(at(ParallelPath.NONE).ofThisRun(APP.toString()).digest()).isEqualTo(SECOND);
        assertThat(at(ParallelPath.NONE).ofThisRun(APP.at(FIRST).toString()).digest())
                .isEqualTo(FIRST);
    }

    @Test
    void anImageOfAnotherRunIsLookedAtAsItWasNamedAndNeverSigned() throws Exception {
        built(APP, FIRST, ParallelPath.NONE);

        for (String name : List.of(
                "registry.example.com/staging/other",
                "registry.example.com/staging/app:2",
                APP.at(SECOND).toString(),
                "registry.example.com/staging/app:1@" + SECOND)) {
            assertThat(at(ParallelPath.NONE).ofAnyRun(name)).hasToString(name);
            assertThatThrownBy(() -> at(ParallelPath.NONE).ofThisRun(name))
                    .hasMessageContaining("this run neither built nor looked at '" + name + "'")
                    .hasMessageContaining("this run knows registry.example.com/staging/app@" + FIRST + " (tag 1)");
        }
        refuses(ParallelPath.NONE, SECOND.toString(), "this run neither built nor looked at '" + SECOND + "'");
    }

    @Test
    void saysHowToGetAnImage() {
        refuses(ParallelPath.NONE, "", "this run has no image yet", "imageBuild", "'image'");
        assertThatThrownBy(() -> at(BLUE).ofThisRun(APP.toString())).hasMessageContaining("imageBuild");
    }

    @Test
    void listsNoEndlessNumberOfImages() throws Exception {
        for (int i = 0; i < 12; i++) {
            built(APP, Digest.of(new byte[] {(byte) i}), path("5/" + (10 + i)));
        }
        refuses(ParallelPath.NONE, "", "this run built 12 images", " and 2 more");
    }

    @Test
    void branchesAreNestedOnlySoDeep() {
        assertThatThrownBy(() -> new ParallelPath(IntStream.range(0, ParallelPath.MAX_DEPTH + 1)
                        .mapToObj(i -> new ParallelPath.Branch("b" + i, "c" + i))
                        .toList()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
