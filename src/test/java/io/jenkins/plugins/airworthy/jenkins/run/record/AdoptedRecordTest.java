package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.DIGEST;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.SHOP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That an image was adopted is remembered. */
class AdoptedRecordTest {
    @TempDir
    Path folder;

    private ImageRecord record;

    @BeforeEach
    void adopt() throws Exception {
        record = ARun.record(folder);
        record.adopted(SHOP, DIGEST, ParallelPath.NONE, ARun.provenance(DIGEST), "adopted from digest");
    }

    private RecordedImage again() throws Exception {
        return ARun.record(folder).images().get(0);
    }

    @Test
    void anAdoptedImageIsMadeHereAndNotBuilt() throws Exception {
        assertThat(again().adopted()).isTrue();
        assertThat(again().made()).isTrue();
        assertThat(again().built()).isFalse();
    }

    @Test
    void stepsMeanItByDefault() throws Exception {
        assertThat(new ImageSelector(record.images(), ParallelPath.NONE)
                        .ofThisRun("")
                        .digest())
                .isEqualTo(DIGEST);
    }

    /** Its older provenance stays, so it must not count as built alone. */
    @Test
    void buildingItAgainDoesNotMakeItForgotten() throws Exception {
        record.built(SHOP, DIGEST, ParallelPath.NONE, ARun.provenance(DIGEST), "built");

        assertThat(again().adopted()).isTrue();
        assertThat(again().built()).isTrue();
    }

    @Test
    void lookingAtItDoesNotMakeItForgotten() throws Exception {
        record.observed(
                SHOP,
                DIGEST,
                ParallelPath.NONE,
                io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole.TEST,
                ARun.tests(DIGEST, "unit"),
                "12 passed");

        assertThat(again().adopted()).isTrue();
    }

    @Test
    void refusesRecordThatCallsOneSightingBoth() throws Exception {
        String both = Files.readString(folder.resolve("record.json")).replace("\"built\":false", "\"built\":true");

        assertThatThrownBy(() -> RecordJson.read(StrictJson.parseObject(both.getBytes(UTF_8), "record", 100_000)
                        .object("record")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("contradicts that it was built");
    }
}
