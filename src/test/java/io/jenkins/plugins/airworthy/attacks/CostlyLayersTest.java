package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.scan.Scanner;
import io.jenkins.plugins.airworthy.scan.TrivyExecutable;
import io.jenkins.plugins.airworthy.scan.TrivySettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 7, at the scanner's cost: small layers that take hours to read for a scan. */
@Timeout(180)
class CostlyLayersTest {
    private static final byte[] BOMB = new byte[64 * 1024 * 1024];

    @TempDir
    Path folder;

    private ImageReference reference;
    private ImageStore store;
    private Descriptor layer;

    @BeforeEach
    void store() throws Exception {
        reference = ImageReference.parse("oci:" + folder.resolve("images") + ":any");
        store = LayoutStore.open((LayoutReference) reference);
        layer = Samples.blob(store, MediaTypes.OCI_LAYER_GZIP, Samples.gzip(BOMB));
    }

    @Test
    void handsImageWithOneLayerTenThousandTimesToTheScannerInTime() throws Exception {
        stage(10_000, number -> layer);
        assertScanned(Duration.ofSeconds(30));
    }

    @Test
    void fetchesLayerThatIsNamedOftenOnlyOnce() throws Exception {
        stage(
                500,
                number -> new Descriptor(
                        layer.mediaType(),
                        layer.digest(),
                        layer.size(),
                        Optional.empty(),
                        Map.of("number", Integer.toString(number)),
                        Optional.empty()));
        AtomicInteger fetched = new AtomicInteger();
        ImageStore counted = new PassingStore(store) {
            @Override
            public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
                fetched.addAndGet(blob.digest().equals(layer.digest()) ? 1 : 0);
                return super.openBlob(blob);
            }
        };

        assertThatThrownBy(() -> scan(counted, Duration.ofSeconds(60))).hasMessageContaining("trivy image failed");
        assertThat(fetched).hasValue(1);
    }

    @Test
    void leavesScanUndecidedWhenLayersTakeTooLong() throws Exception {
        stage(1, number -> layer);

        assertThatThrownBy(() -> scan(store, Duration.ofMillis(20)))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("reading " + folderReference())
                .hasMessageContaining("took longer than the allowed 0.02 seconds")
                .hasMessageContaining("--minutes");
        assertThat(folder.resolve("scanned")).doesNotExist();
    }

    private String folderReference() {
        return "oci:" + folder.resolve("images");
    }

    private void assertScanned(Duration limit) throws Exception {
        assertThatThrownBy(() -> scan(store, limit)).hasMessageContaining("trivy image failed");
        assertThat(folder.resolve("scanned")).exists();
    }

    private void stage(int layers, Layers what) throws Exception {
        ObjectNode config = StrictJson.object();
        config.put("architecture", "amd64").put("os", "linux");
        ArrayNode names = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        String name = Digest.of(BOMB).toString();
        Descriptor[] all = new Descriptor[layers];
        for (int i = 0; i < layers; i++) {
            names.add(name);
            all[i] = what.of(i);
        }
        Descriptor blob = Samples.blob(store, MediaTypes.OCI_CONFIG, StrictJson.write(config));
        store.tag("any", Samples.put(store, Samples.manifest(blob, all)));
    }

    private void scan(ImageStore from, Duration limit) throws Exception {
        Path program = Files.writeString(folder.resolve("trivy"), """
                #!/bin/sh
                if [ "$1" = version ]; then echo '{"Version":"0.74.0"}'; exit 0; fi
                /usr/bin/touch %s
                exit 1
                """.formatted(folder.resolve("scanned")));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        TrivySettings settings = new TrivySettings(
                TrivyExecutable.at(program), folder.resolve("cache"), true, Optional.empty(), Map.of(), limit);
        new Scanner(settings, InstantSource.system()).scan(from, ImageReader.read(from, reference), Progress.SILENT);
    }

    @FunctionalInterface
    private interface Layers {
        Descriptor of(int number);
    }
}
