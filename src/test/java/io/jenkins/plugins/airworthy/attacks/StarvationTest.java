package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.Judged;
import io.jenkins.plugins.airworthy.gate.VerifyRequest;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attack 7, at the cost of others: input that is cheap to make, needs no key, and takes much memory, much processor
 * time, or the turn of another verdict.
 */
@Timeout(180)
class StarvationTest extends ServedAttack {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int DRIP_BYTES = 9 * 1024;
    private static final byte[] LAYER = Samples.tar("app", "x");

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "verdict");
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void refusesInTimeConfigOfHalfAMillionValuesForTwoHundredPlatforms() throws Exception {
        Descriptor config = config("\"config\":{\"User\":\"1000\"},\"history\":[{}" + ",{}".repeat(520_000) + "]");
        stageIndex(200, number -> config);

        Judged judged = assertJudgedWithin(Duration.ofSeconds(60));

        assertThat(told(judged)).contains("more than the allowed 30000 values");
        assertThat(registry.asked)
                .filteredOn(call -> call.endsWith("/blobs/" + config.digest()))
                .as("requests for the one config")
                .hasSize(1);
    }

    @Test
    void refusesConfigsThatAreLargeOnlyTogether() throws Exception {
        String label = "x".repeat(3 * MEBIBYTE);
        stageIndex(
                40,
                number -> config("\"config\":{\"User\":\"1000\",\"Labels\":{\"n\":\"" + number + "\",\"l\":\"" + label
                        + "\"}}"));

        Judged judged = assertJudgedWithin(Duration.ofSeconds(60));

        assertThat(told(judged)).contains("take more than the allowed", "bytes of memory");
        assertThat(judged.image().platforms()).hasSizeLessThan(8);
    }

    @Test
    void refusesInTimeUserOfAMillionDigits() throws Exception {
        stage(config("\"config\":{\"User\":\"" + "1".repeat(MEBIBYTE) + "\"}"));

        Judged judged = assertJudgedWithin(Duration.ofSeconds(10));

        assertThat(told(judged)).contains("or not a number that a user can have");
        assertThat(told(judged).length()).isLessThan(10_000);
    }

    /** An expression that its author may well write; the image's maker chooses how much there is to look at, and how often. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "image.config.env.all(n, !image.config.env[n].matches('(?i)(password|secret|token)[0-9]*=.{8,}'))",
                "!image.config.env['A'].contains(image.config.labels['b'])"
            })
    void refusesInTimeTextsThatAnExpressionWouldReadForMinutes(String expression) throws Exception {
        Descriptor config = config("\"config\":{\"User\":\"1000\",\"Env\":[\"A=" + "pass".repeat(100_000)
                + "\"],\"Labels\":{\"b\":\"" + "pass".repeat(50_000) + "word\"}}");
        stageIndex(200, number -> config);
        changePolicy(
                "- user: {nonRoot: true}",
                "- expression: {id: texts, cel: \"" + expression + "\", message: m}\n    - user: {nonRoot: true}");

        Judged judged = assertJudgedWithin(Duration.ofSeconds(60));

        assertThat(told(judged)).contains("characters that it could look at, more than the allowed 262144");
    }

    /** The other's image is in another store, and its evidence small. */
    @Test
    void judgesOtherImagesWhileARegistryDrips() throws Exception {
        ImageReference dripping = drip();
        Future<?> waiting = threads.submit(() -> verdict(dripping));
        while (registry.asked.stream().filter(call -> call.contains("/blobs/")).count() < 3) {
            Thread.sleep(50);
        }

        Future<Judged> other = threads.submit(() -> {
            stores = reference -> LayoutStore.open((LayoutReference) reference);
            return verdict(ImageReference.parse("oci:" + folder.resolve("staging/cart") + ":" + TAG));
        });

        assertThat(other.get(30, TimeUnit.SECONDS).verdict().digest()).isEqualTo(image.digest());
        assertThat(waiting.isDone()).isFalse();
    }

    @Test
    void leavesImageUndecidedInTimeWhenItsRegistryDrips() throws Exception {
        ImageReference dripping = drip();
        candidate = dripping;
        timeLimit = Duration.ofSeconds(3);

        long began = System.nanoTime();
        assertUndecided("the verdict over " + dripping, "took longer than the allowed 3 seconds", "--minutes");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
    }

    /** An image with bundles that no trusted key signed, each of which fits into memory alone, and which arrive a few bytes at a time. */
    private ImageReference drip() throws Exception {
        ImageStore evil = LayoutStore.open((LayoutReference) ImageReference.parse("oci:" + folder.resolve("evil/x")));
        ImageManifest any = Samples.image(evil, "linux/amd64", "any");
        evil.tag(TAG, any);
        for (int i = 0; i < 3; i++) {
            Digest digest = Digest.of(Forge.bytes("never complete " + i));
            Descriptor layer = new Descriptor(Samples.BUNDLE, digest, 40L * MEBIBYTE);
            Forge.put(evil, Forge.manifest(any.descriptor(), layer));
        }
        registry.before = (call, request) -> call.startsWith("GET /v2/evil/x/blobs/")
                        && !call.endsWith(any.config().digest().toString())
                ? Optional.of(new MockResponse.Builder()
                        .code(200)
                        .body(new Buffer().write(new byte[40 * MEBIBYTE]))
                        .throttleBody(DRIP_BYTES, 1, TimeUnit.SECONDS)
                        .build())
                : Optional.empty();
        return ImageReference.parse(registry.host() + "/evil/x:" + TAG);
    }

    private Judged verdict(ImageReference reference) throws Exception {
        return gate().verify(new VerifyRequest(reference, Optional.empty(), policy(), keys), Progress.SILENT);
    }

    private Judged assertJudgedWithin(Duration limit) throws Exception {
        timeLimit = limit;
        Judged judged = verdict(candidate);
        assertThat(judged.verdict().passed()).isFalse();
        return judged;
    }

    private Descriptor config(String members) throws Exception {
        String config = "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
                + Digest.of(LAYER) + "\"]}," + members + "}";
        return Samples.blob(staging, MediaTypes.OCI_CONFIG, config.getBytes(UTF_8));
    }

    private Manifest stage(Descriptor config) throws Exception {
        Manifest manifest = Samples.put(staging, manifest(config, 0));
        staging.tag(TAG, manifest);
        return manifest;
    }

    private static ObjectNode manifest(Descriptor config, int number) {
        ObjectNode manifest = Samples.manifest(config, Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Samples.gzip(LAYER)));
        manifest.putObject("annotations").put("number", Integer.toString(number));
        return manifest;
    }

    private void stageIndex(int children, Configs configs) throws Exception {
        Samples.blob(staging, MediaTypes.OCI_LAYER_GZIP, Samples.gzip(LAYER));
        Descriptor[] listed = new Descriptor[children];
        for (int i = 0; i < children; i++) {
            listed[i] = Samples.put(staging, manifest(configs.of(i), i))
                    .descriptor()
                    .with(Platform.parse("linux/amd64"));
        }
        staging.tag(TAG, Samples.put(staging, Samples.index(listed)));
    }

    @FunctionalInterface
    private interface Configs {
        Descriptor of(int number) throws Exception;
    }
}
