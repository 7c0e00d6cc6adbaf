package io.jenkins.plugins.airworthy.jenkins.run;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.jenkins.plugins.airworthy.jenkins.run.ARun.DIGEST;
import static io.jenkins.plugins.airworthy.jenkins.run.ARun.OTHER;
import static io.jenkins.plugins.airworthy.jenkins.run.ARun.SHOP;
import static io.jenkins.plugins.airworthy.jenkins.run.ARun.TOOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which image a step means. */
class ImageSearchTest {
    private static final RecordedImage BUILT = new RecordedImage(SHOP, DIGEST, true, List.of(), List.of());
    private static final RecordedImage SEEN = new RecordedImage(TOOL, OTHER, false, List.of(), List.of());

    private final ImageSearch search = new ImageSearch(List.of(BUILT, SEEN));

    @Test
    void theLatestIsTheOneThatWasBuiltAndNotTheOneLookedAt() throws Exception {
        assertThat(search.latest()).isEqualTo(BUILT);
        assertThat(new ImageSearch(List.of(SEEN)).latest()).isEqualTo(SEEN);
    }

    @Test
    void findsByDigestTagAndBoth() throws Exception {
        assertThat(search.required(OTHER.toString())).isEqualTo(SEEN);
        assertThat(search.required(SHOP.toString())).isEqualTo(BUILT);
        assertThat(search.required(SHOP.at(DIGEST).toString())).isEqualTo(BUILT);
    }

    @Test
    void aTagBuiltTwiceMeansTheLastImage() throws Exception {
        RecordedImage rebuilt = new RecordedImage(SHOP, OTHER, true, List.of(), List.of());
        assertThat(new ImageSearch(List.of(BUILT, rebuilt)).required(SHOP.toString()))
                .isEqualTo(rebuilt);
    }

    @Test
    void refusesADigestThatThisRunDoesNotKnowAndSaysWhichItKnows() {
        assertThatThrownBy(() -> search.required(SHOP.at(OTHER).toString()))
                .hasMessageContaining("this run neither built nor looked at")
                .hasMessageContaining(SHOP + " (" + DIGEST + ", built here)")
                .hasMessageContaining(TOOL + " (" + OTHER + ", looked at)");
    }

    @Test
    void refusesAnotherTagOfAKnownRepository() {
        assertThatThrownBy(() -> search.required("registry.example.com/staging/shop:2"))
                .hasMessageContaining("neither built nor looked at");
    }

    @Test
    void saysHowToGetAnImage() {
        assertThatThrownBy(() -> new ImageSearch(List.of()).latest()).hasMessageContaining("imageBuild");
        assertThatThrownBy(() -> new ImageSearch(List.of()).required(SHOP.toString()))
                .hasMessageContaining("imageBuild");
    }
}
