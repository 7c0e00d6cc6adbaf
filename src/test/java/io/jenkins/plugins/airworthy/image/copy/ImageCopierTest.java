package io.jenkins.plugins.airworthy.image.copy;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.PassingStore;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ImageCopierTest {
    private static final ImageCopier COPIER = new ImageCopier(Progress.SILENT);

    @TempDir
    private Path temp;

    private LayoutStore from;
    private LayoutStore to;

    @BeforeEach
    void open() {
        from = store("from");
        to = store("to");
    }

    @Test
    void copiesAnImageWithTheNamedEvidenceByteForByteAndLeavesTheTagAlone() throws Exception {
        ImageManifest image = Samples.image(from, "linux/amd64", "judged");
        Manifest signature = Samples.evidence(from, image, "signature");
        from.tag("1.0", image);
        CopyResult result = COPIER.copy(from, image.digest(), List.of(signature.digest()), to);
        assertThat(result.manifest()).isEqualTo(image);
        assertThat(to.manifest(image.digest()).orElseThrow().content().bytes())
                .isEqualTo(image.content().bytes());
        assertThat(to.referrers(image.digest())).extracting(Descriptor::digest).containsExactly(signature.digest());
        for (Descriptor blob : image.children()) {
            assertThat(to.hasBlob(blob.digest())).isTrue();
        }
        assertThat(to.resolve("1.0")).isEmpty();
        to.tag("1.0", result.manifest());
        assertThat(to.manifest("1.0")).contains(image);
    }

    @Test
    void leavesEvidenceBehindThatWasAddedAfterTheVerdict() throws Exception {
        Manifest image = Samples.image(from, "linux/amd64", "judged");
        Manifest judged = Samples.evidence(from, image, "judged");
        Manifest added = Samples.evidence(from, image, "added between verdict and copy");
        COPIER.copy(from, image.digest(), List.of(judged.digest()), to);
        assertThat(to.manifest(added.digest())).isEmpty();
        assertThat(to.referrers(image.digest())).hasSize(1);
    }

    @Test
    void refusesEvidenceOfAnotherImageBeforeAnythingIsWritten() throws Exception {
        Manifest image = Samples.image(from, "linux/amd64", "judged");
        Manifest other = Samples.image(from, "linux/amd64", "other");
        Manifest stolen = Samples.evidence(from, other, "signature");
        for (Digest wrong : List.of(stolen.digest(), other.digest())) {
            assertThatThrownBy(() -> COPIER.copy(from, image.digest(), List.of(wrong), to))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("is not evidence about " + image.digest());
        }
        assertThat(temp.resolve("to")).doesNotExist();
    }

    @Test
    void copiesAnIndexWithEveryChildAndEvidenceAboutAChild() throws Exception {
        ImageManifest amd64 = Samples.image(from, "linux/amd64", "a");
        ImageManifest arm64 = Samples.image(from, "linux/arm64", "b");
        Manifest index = Samples.put(from, Samples.index(amd64.descriptor(), arm64.descriptor()));
        Manifest scan = Samples.evidence(from, arm64, "scan");
        CopyResult result = COPIER.copy(from, index.digest(), List.of(scan.digest()), to);
        assertThat(result.manifests()).isEqualTo(4);
        assertThat(to.manifest(index.digest())).contains(index);
        assertThat(to.manifest(amd64.digest())).contains(amd64);
        assertThat(to.manifest(arm64.digest())).contains(arm64);
        assertThat(to.referrers(arm64.digest())).hasSize(1);
    }

    @Test
    void countsWhatItMovedAndSkipped() throws Exception {
        ImageManifest image = Samples.image(from, "linux/amd64", "x");
        long bytes = image.children().stream().mapToLong(Descriptor::size).sum();
        assertThat(COPIER.copy(from, image.digest(), List.of(), to))
                .isEqualTo(new CopyResult(image, 1, 2, 0, 0, bytes));
        assertThat(COPIER.copy(from, image.digest(), List.of(), to)).isEqualTo(new CopyResult(image, 1, 0, 0, 2, 0));
    }

    @Test
    void reportsEveryByteOfTheImageAsProgress() throws Exception {
        ImageManifest image = Samples.image(from, "linux/amd64", "x");
        AtomicLong total = new AtomicLong();
        AtomicLong told = new AtomicLong();
        Progress progress = new Progress() {
            @Override
            public void say(String line) {}

            @Override
            public Task begin(String what, long totalBytes) {
                total.set(totalBytes);
                return told::addAndGet;
            }
        };
        new ImageCopier(progress).copy(from, image.digest(), List.of(), to);
        assertThat(told.get()).isPositive().isEqualTo(total.get());
    }

    @Test
    void refusesIndexesNestedDeeperThanAllowed() throws Exception {
        Manifest nested = Samples.image(from, "linux/amd64", "x");
        for (int depth = 1; depth < CopyPlan.MAX_DEPTH; depth++) {
            nested = Samples.put(from, Samples.index(nested.descriptor()));
        }
        COPIER.copy(from, nested.digest(), List.of(), to);
        Manifest deeper = Samples.put(from, Samples.index(nested.descriptor()));
        assertThatThrownBy(() -> COPIER.copy(from, deeper.digest(), List.of(), to))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("nested deeper than the allowed 3");
    }

    @Test
    void refusesMoreBytesThanAllowedWithoutReadingThem() throws Exception {
        Descriptor config = Samples.blob(from, MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
        Descriptor huge = new Descriptor(MediaTypes.OCI_LAYER, Digest.of(new byte[1]), Long.MAX_VALUE);
        Manifest image = Samples.put(from, Samples.manifest(config, huge));
        assertThatThrownBy(() -> COPIER.copy(from, image.digest(), List.of(), to))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("one blob too many");
    }

    @Test
    void refusesABlobThatIsNamedWithTwoSizes() throws Exception {
        Descriptor config = Samples.blob(from, MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
        Descriptor again = new Descriptor(MediaTypes.OCI_LAYER, config.digest(), 3);
        Manifest image = Samples.put(from, Samples.manifest(config, again));
        assertThatThrownBy(() -> COPIER.copy(from, image.digest(), List.of(), to))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("two sizes, 3 and 2");
    }

    @Test
    void refusesLayersThatMayNotBeDistributed() throws Exception {
        Descriptor config = Samples.blob(from, MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
        for (String type : List.of(
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
                "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip")) {
            Manifest image = Samples.put(
                    from, Samples.manifest(config, new Descriptor(type, Digest.of(type.getBytes(UTF_8)), 10)));
            assertThatThrownBy(() -> COPIER.copy(from, image.digest(), List.of(), to))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("may not be distributed");
        }
    }

    @Test
    void cannotDecideWhenAChildIsMissingAndWritesNothing() throws Exception {
        ImageManifest child = Samples.image(from, "linux/amd64", "x");
        Manifest index = Samples.put(from, Samples.index(child.descriptor()));
        Files.delete(file("from", child.digest()));
        assertThatThrownBy(() -> COPIER.copy(from, index.digest(), List.of(), to))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("cannot be copied whole");
        assertThat(temp.resolve("to")).doesNotExist();
    }

    @Test
    void writesNoManifestWhenALayerWasTamperedWith() throws Exception {
        ImageManifest image = Samples.image(from, "linux/amd64", "x");
        Path layer = file("from", image.layers().get(0).digest());
        byte[] tampered = Files.readAllBytes(layer);
        tampered[tampered.length - 1] ^= 1;
        Files.write(layer, tampered);
        assertThatThrownBy(() -> COPIER.copy(from, image.digest(), List.of(), to))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("has the digest");
        assertThat(to.manifest(image.digest())).isEmpty();
    }

    @Test
    void endsAllBlobsWhenOneFails() throws Exception {
        ImageManifest image = manyLayers();
        AtomicInteger opened = new AtomicInteger();
        ImageStore failing = new PassingStore(from) {
            @Override
            public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
                if (opened.incrementAndGet() == BlobMover.PARALLEL) {
                    throw new UndecidedException("the source broke");
                }
                new CountDownLatch(1).await(); // until it is interrupted
                return super.openBlob(blob);
            }
        };
        assertThatThrownBy(() -> COPIER.copy(failing, image.digest(), List.of(), to))
                .isInstanceOf(UndecidedException.class)
                .hasMessage("the source broke");
        // The thread that failed may begin one more before it is told to end.
        assertThat(opened.get()).isBetween(BlobMover.PARALLEL, BlobMover.PARALLEL + 1);
        assertThat(to.manifest(image.digest())).isEmpty();
    }

    /** A thread of its own copies each blob; what breaks it down must not end unseen there. */
    @Test
    void reportsOutOfMemoryInACopyingThread() throws Exception {
        ImageManifest image = Samples.image(from, "linux/amd64", "content");
        ImageStore exhausted = new PassingStore(to) {
            @Override
            public void putBlob(Descriptor blob, BlobSource source) {
                throw new OutOfMemoryError("in a test");
            }
        };
        assertThatThrownBy(() -> new ImageCopier(Progress.SILENT).copy(from, image.digest(), List.of(), exhausted))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(to.manifest(image.digest())).isEmpty();
    }

    @Test
    void endsWhenItIsInterruptedAndWritesNothingAfterwards() throws Exception {
        ImageManifest image = manyLayers();
        CountDownLatch underWay = new CountDownLatch(BlobMover.PARALLEL);
        ImageStore slow = new PassingStore(from) {
            @Override
            public InputStream openBlob(Descriptor blob) throws AirworthyException, InterruptedException {
                underWay.countDown();
                new CountDownLatch(1).await();
                return super.openBlob(blob);
            }
        };
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread copying = new Thread(() -> {
            try {
                COPIER.copy(slow, image.digest(), List.of(), to);
            } catch (AirworthyException | InterruptedException e) {
                end.set(e);
            }
        });
        copying.start();
        underWay.await();
        copying.interrupt();
        copying.join();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(to.manifest(image.digest())).isEmpty();
    }

    @Test
    void reportsABlobThatWasReadAgainOnlyOnce() throws Exception {
        byte[] bytes = new byte[1000];
        AtomicLong told = new AtomicLong();
        CountedBlob blob = new CountedBlob(() -> new ByteArrayInputStream(bytes), told::addAndGet);
        try (InputStream broken = blob.open()) {
            assertThat(broken.readNBytes(600)).hasSize(600);
        }
        try (InputStream again = blob.open()) {
            assertThat(again.read()).isZero();
            assertThat(again.skip(99)).isEqualTo(99);
            assertThat(told.get()).isEqualTo(600);
            assertThat(again.readAllBytes()).hasSize(900);
        }
        assertThat(told.get()).isEqualTo(1000);
    }

    private ImageManifest manyLayers() throws Exception {
        Descriptor config = Samples.blob(from, MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
        Descriptor[] layers = new Descriptor[20];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = Samples.blob(from, MediaTypes.OCI_LAYER, ("layer " + i).getBytes(UTF_8));
        }
        return (ImageManifest) Samples.put(from, Samples.manifest(config, layers));
    }

    private LayoutStore store(String name) {
        return LayoutStore.open(new LayoutReference(temp.resolve(name), Optional.empty(), Optional.empty()));
    }

    private Path file(String store, Digest digest) throws IOException {
        return temp.resolve(store).resolve("blobs/sha256").resolve(digest.hex());
    }
}
