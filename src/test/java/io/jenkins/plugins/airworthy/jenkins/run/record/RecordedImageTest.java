package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyRole;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.DIGEST;
import static io.jenkins.plugins.airworthy.jenkins.run.record.ARun.SHOP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The advice of a run about an image that lacks evidence. */
class RecordedImageTest {
    private static final PendingStatement TESTED =
            ARun.pending(PredicateTypes.TEST_RESULT, KeyRole.TEST, DIGEST, "tested");
    private static final PendingStatement SCANNED =
            ARun.pending(PredicateTypes.VULNERABILITIES, KeyRole.SCAN, DIGEST, "scanned");
    private static final SignatureEntry OF_TESTS =
            ARun.signature(PredicateTypes.TEST_RESULT, DIGEST, Digest.of("tested".getBytes(UTF_8)));

    private static RecordedImage image(
            Sighting sighting, List<PendingStatement> statements, List<SignatureEntry> signatures) {
        return new RecordedImage(SHOP, DIGEST, List.of(sighting), statements, signatures);
    }

    @Test
    void saysThatNothingWasSigned() {
        assertThat(image(ARun.built(1, SHOP), List.of(TESTED), List.of()).advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("imageSign was not called"));
        assertThat(image(ARun.built(1, SHOP), List.of(), List.of()).advice()).isPresent();
    }

    @Test
    void saysThatAStepCameAfterTheSignatures() {
        assertThat(image(ARun.built(1, SHOP), List.of(TESTED, SCANNED), List.of(OF_TESTS))
                        .advice())
                .hasValueSatisfying(advice -> assertThat(advice)
                        .contains("1 statement that this run made about the image is not signed")
                        .contains("after the last"));
        assertThat(image(ARun.seen(1, SHOP), List.of(SCANNED), List.of()).advice())
                .isPresent();
    }

    @Test
    void saysNothingOfWhatIsSigned() {
        assertThat(image(ARun.built(1, SHOP), List.of(TESTED), List.of(OF_TESTS))
                        .advice())
                .isEmpty();
        assertThat(image(ARun.seen(1, SHOP), List.of(), List.of()).advice()).isEmpty();
    }
}
