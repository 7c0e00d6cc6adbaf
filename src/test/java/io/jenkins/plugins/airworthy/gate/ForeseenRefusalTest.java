package io.jenkins.plugins.airworthy.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.TestResult.Outcome;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A verification for a target says what a promotion there will say: one item, and nothing is written. */
class ForeseenRefusalTest {
    private static final byte[] LAYER = Samples.tar("a", "b");

    @TempDir
    Path folder;

    private Staging staging;

    @BeforeEach
    void openStaging() throws Exception {
        staging = new Staging(folder);
    }

    private void stage(List<Digest> contents, Descriptor... layers) throws Exception {
        ObjectNode config = StrictJson.object().put("architecture", "amd64").put("os", "linux");
        ArrayNode list = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        contents.forEach(content -> list.add(content.toString()));
        Descriptor blob = Samples.blob(staging.store, MediaTypes.OCI_CONFIG, StrictJson.write(config));
        Manifest image = Samples.put(staging.store, Samples.manifest(blob, layers));
        staging.store.tag("v1", image);
        staging.sign(image, staging.release);
        staging.tests(image, Outcome.PASSED, Staging.NOW, staging.release);
    }

    private Descriptor layer(String type) throws Exception {
        return Samples.blob(staging.store, type, LAYER);
    }

    private VerifyRequest request(Optional<ImageReference> target) throws Exception {
        return new VerifyRequest(staging.staged("v1"), target, staging.policy(), staging.keys());
    }

    private Verdict verify(Optional<ImageReference> target) throws Exception {
        return new Gate(Staging.STORES, Staging.CLOCK)
                .verify(request(target), Progress.SILENT)
                .verdict();
    }

    private void assertBothRefuse(String reason) throws Exception {
        Verdict foreseen = verify(Optional.of(staging.production("1.0")));
        Promotion promotion = staging.promote("v1");
        assertThat(promotion).isInstanceOf(Promotion.Refused.class);
        for (Verdict verdict : List.of(foreseen, promotion.judged().verdict())) {
            assertThat(verdict.items())
                    .filteredOn(item -> item.status() == Status.FAILED)
                    .singleElement()
                    .satisfies(item -> {
                        assertThat(item.id()).isEqualTo("image");
                        assertThat(item.reason()).contains(reason);
                    });
        }
        assertThat(Files.exists(folder.resolve("production"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                "application/vnd.oci.image.layer.nondistributable.v1.tar",
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
            })
    void refusesLayerThatMayNotBeDistributedOnlyForATarget(String type) throws Exception {
        stage(List.of(Digest.of(LAYER)), layer(type));
        assertBothRefuse("may not be distributed ('" + type + "') and cannot be copied to a target");
        assertThat(verify(Optional.empty()).passed()).isTrue();
    }

    @Test
    void refusesConfigThatNamesFewerContentsThanLayers() throws Exception {
        stage(List.of(), layer(MediaTypes.OCI_LAYER_GZIP));
        assertBothRefuse("has 1 layer but its config names 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {MediaTypes.OCI_LAYER, "application/vnd.docker.image.rootfs.diff.tar"})
    void refusesPlainLayerThatTheConfigSaysIsAnother(String type) throws Exception {
        stage(List.of(Digest.of(new byte[1])), layer(type));
        assertBothRefuse("which is not compressed, but its config says that it contains " + Digest.of(new byte[1]));
    }

    @Test
    void refusesLayerThatTheConfigSaysHoldsTwoThings() throws Exception {
        Descriptor layer = layer(MediaTypes.OCI_LAYER_GZIP);
        stage(List.of(Digest.of(new byte[1]), Digest.of(new byte[2])), layer, layer);
        assertBothRefuse("twice, but its config says that the two differ");
    }

    @Test
    void promotesImageThatHasOnePlainLayerTwice() throws Exception {
        Descriptor layer = layer(MediaTypes.OCI_LAYER);
        stage(List.of(Digest.of(LAYER), Digest.of(LAYER)), layer, layer);
        assertThat(verify(Optional.of(staging.production("1.0"))).passed()).isTrue();
        assertThat(staging.promote("v1")).isInstanceOf(Promotion.Promoted.class);
    }

    @Test
    void refusesTargetThatNobodyCanPromoteTo() throws Exception {
        stage(List.of(Digest.of(LAYER)), layer(MediaTypes.OCI_LAYER));
        for (String target : List.of(
                staging.production("x").repository(),
                staging.production("x") + "@" + Digest.of(LAYER),
                staging.production("sha256-" + "0".repeat(64)).toString())) {
            assertThatThrownBy(() -> verify(Optional.of(ImageReference.parse(target))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("the target '" + target + "' ");
        }
    }
}
